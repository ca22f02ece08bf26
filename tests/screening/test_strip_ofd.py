"""What an OFD hides is nowhere in the stripped file, and what it shows is still there."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from screening.passages import UnfitFileError
from screening.stripping import dispatch
from screening.stripping.ofd import strip
from screening.stripping.ofd_fonts import bare_font
from tests.screening.build_ofd import TRAPS, WHITE, ofd, rectangle, text
from tests.screening.strip_builders import saved
from tests.screening.strip_checks import NUMBER, by_name, holds, parts, shown
from tests.screening.strip_guards_ofd import GUARDS
from tests.screening.traps import SHOWN

# Hiding places with the guards that keep the secret out; without them it goes out.
HIDING = {
    "ofd: 白色文字": "sight",
    "ofd: 全透明的文字": "sight",
    "ofd: 颜色全透明的文字": "sight",
    "ofd: 不填充的文字": "sight",
    "ofd: 极小的文字": "sight",
    "ofd: 绘制参数里的白色": "sight",
    "ofd: 不可见的文字": "sight",
    "ofd: 不可见的对象组": "sight",
    "ofd: 页面以外的文字": "sight",
    "ofd: 变换到页面以外的文字": "sight",
    "ofd: 剪裁掉的文字": "sight",
    "ofd: 黑框下的文字": "sight",
    "ofd: 白框下的文字": "sight",
    "ofd: 上层的框下的文字": "sight",
    "ofd: 图片下的文字": "sight",
    "ofd: 注释框下的文字": "sight",
    "ofd: 注释画出的文字": "parts",
    "ofd: 注释的说明": "parts",
    "ofd: 注释的作者": "parts",
    "ofd: 注释的参数": "parts",
    "ofd: 没有页面使用的模板页": "parts",
    "ofd: 附件": "parts",
    "ofd: 附件的名称": "parts",
    "ofd: 自定义标引": "parts",
    "ofd: 扩展": "parts",
    "ofd: 大纲": "listing",
    "ofd: 书签": "listing",
    "ofd: 链接": "list",
    "ofd: 打开时的动作": "listing",
    "ofd: 图片的替代文字": "list",
    "ofd: 作者": "entry",
    "ofd: 自定义属性": "entry",
    "ofd: 旧版本": "parts",
    "ofd: 签章的说明": "parts",
    "ofd: 图片里的说明": "parts",
    "ofd: 无人引用的页面": "parts",
    "ofd: 第二个文档": "parts",
    "ofd: 不认识的元素": "list",
    "ofd: 不认识的属性": "list",
}
# Seen by all who open the file.
SEEN = ["ofd: 模板页的文字"]


def test_every_trap_is_judged_here() -> None:
    assert set(TRAPS) == {*HIDING, *SEEN}


@pytest.mark.parametrize("name", HIDING)
def test_what_is_hidden_is_gone_and_what_is_seen_stays(name: str) -> None:
    new = strip(TRAPS[name](NUMBER)).data

    assert not holds(new)
    assert SHOWN in shown(new)


@pytest.mark.parametrize("name", HIDING)
def test_without_its_guard_the_secret_goes_out(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old = TRAPS[name](NUMBER)
    for guard in by_name(GUARDS, HIDING[name]):
        guard(monkeypatch, old)

    assert holds(strip(old).data)


@pytest.mark.parametrize("name", HIDING)
def test_the_new_file_is_proved(name: str) -> None:
    old = TRAPS[name](NUMBER)

    assert not holds(dispatch.strip(old).data)


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_stays(name: str) -> None:
    assert NUMBER in shown(dispatch.strip(TRAPS[name](NUMBER)).data)


def test_of_a_line_half_under_a_box_the_rest_stays_at_its_place() -> None:
    old = ofd(text("城北县人民政府", box="20 50 160 6") + rectangle("19 49 17 8"))

    new = dispatch.strip(old).data

    page = dict(parts(new))["Doc_0/Pages/Page_0/Content.xml/"].decode()
    assert "民政府" in shown(new)
    assert not any(sign in page for sign in "城北县")
    assert '<ofd:TextCode X="16.0000" Y="4.0000">民</ofd:TextCode>' in page


def test_white_words_on_a_dark_band_are_seen_and_stay() -> None:
    old = ofd(rectangle() + text("红头文件", fill=WHITE))

    assert "红头文件" in shown(dispatch.strip(old).data)


def test_a_line_of_replaced_glyphs_is_not_cut_but_refused() -> None:
    glyphs = '<ofd:CGTransform CodePosition="0"><ofd:Glyphs>1 2 3</ofd:Glyphs></ofd:CGTransform>'
    old = ofd(text("城北县人民政府", fill=glyphs) + rectangle("19 49 17 8"))

    with pytest.raises(UnfitFileError, match="替换字形"):
        strip(old)


def _pictured(content: bytes, look: str) -> bytes:
    media = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="20" Type="Image"><ofd:MediaFile>a.png'
        "</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>"
    )
    image = f'<ofd:ImageObject ID="11" Boundary="20 100 50 25" {look} ResourceID="20"/>'
    return ofd(image, resources=media, parts={"Doc_0/Res/a.png": content})


def test_a_picture_reaching_out_of_its_box_is_cut_to_it() -> None:
    picture = Image.new("RGB", (100, 25), "white")
    picture.paste("red", (50, 0, 100, 25))

    new = dict(parts(strip(_pictured(saved(picture, "PNG"), 'CTM="100 0 0 25 0 0"')).data))

    cut = next(content for name, content in new.items() if ".png/" in name)
    with Image.open(io.BytesIO(cut)) as opened:
        assert opened.size == (50, 25)
        assert opened.getcolors() == [(1250, (255, 255, 255))]
    assert b'CTM="50.0000 0 0 25.0000 0.0000 0.0000"' in new["Doc_0/Pages/Page_0/Content.xml/"]


def test_a_picture_in_a_format_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(UnfitFileError, match="图片"):
        strip(_pictured(b"\x97JB2\r\n\x1a\n" + bytes(50), 'CTM="50 0 0 25 0 0"'))


def _font(*tables: tuple[bytes, bytes]) -> bytes:
    head = b"\x00\x01\x00\x00" + struct.pack(">HHHH", len(tables), 0, 0, 0)
    offset, rows, body = 12 + 16 * len(tables), b"", b""
    for tag, content in tables:
        rows += struct.pack(">4sIII", tag, 0, offset + len(body), len(content))
        body += content
    return head + rows + body


def test_a_font_keeps_what_draws_and_no_names() -> None:
    font = _font((b"glyf", b"drawing!"), (b"name", NUMBER.encode()), (b"DSIG", NUMBER.encode()))

    bare = bare_font(font)

    assert b"drawing!" in bare
    assert not holds(bare)
    assert bare_font(bare) == bare


def test_a_font_of_another_kind_is_refused() -> None:
    for data in (b"", b"%!PS-AdobeFont", _font((b"glyf", b"1234"))[:-2]):
        with pytest.raises(UnfitFileError, match="字体"):
            bare_font(data)


def test_numbers_too_long_for_a_place_on_a_page_are_refused() -> None:
    path = rectangle().replace("M 0 0", f"M {NUMBER} 0")

    with pytest.raises(UnfitFileError, match="图形数据"):
        strip(ofd(path))


@given(st.lists(st.text("城北县人民政府关于印发通知的1234", min_size=1, max_size=20), max_size=8))
@settings(max_examples=25, deadline=None)
def test_visible_words_are_the_same_in_the_same_order(lines: list[str]) -> None:
    old = ofd("".join(text(line, box=f"20 {60 + 12 * at} 160 6") for at, line in enumerate(lines)))

    assert shown(dispatch.strip(old).data) == shown(old)
