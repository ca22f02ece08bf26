"""Every hiding place of a PDF is found at its layer, and missed when its guard is taken out."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String
from PIL import Image
from reportlab.lib.colors import Color, black, white
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from screening.embedded import Harvest
from screening.extraction import pdf, pdf_history, pdf_sight, pdf_structure
from screening.extraction.pdf import harvest
from screening.passages import Box, Layer, UnfitFileError
from tests.screening.build_pdf import (
    EXPECTED,
    SHOWN,
    TRAPS,
    both,
    box_over,
    document,
    edited,
    picture,
    say,
)

NUMBER = "110101190001010011"
Guard = Callable[[pytest.MonkeyPatch], None]


def layers_of(found: Harvest, number: str = NUMBER) -> set[Layer]:
    """The layers in which the number was found; files inside count as attachments."""
    layers = {p.place.layer for p in found.extraction.passages if number in p.text}
    inside = any(number.encode() in file.data for file in found.embedded)
    return layers | ({Layer.ATTACHMENT} if inside else set())


def without(*readers: str) -> Guard:
    """Takes readers of structure out, and the one that reads what the others left."""

    def take(monkeypatch: pytest.MonkeyPatch) -> None:
        for name in (*readers, "rest"):
            monkeypatch.delitem(pdf_structure.READERS, name)

    return take


def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Believes every character to be seen, without looking."""
    monkeypatch.setattr(pdf_sight, "_by_its_own_account", lambda *_: Layer.VISIBLE)


def no_history(name: str) -> Guard:
    """Takes out one way of reading earlier states."""
    empty: object = [] if name == "tail" else ([], [])
    return lambda monkeypatch: monkeypatch.setattr(pdf, name, lambda *_: empty)


def no_notes_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "with_notes_open", lambda _: None)


GUARDS: dict[str, Guard] = {
    "pdf: 白色文字": blind,
    "pdf: 近乎白色的文字": blind,
    "pdf: 不可见的文字": blind,
    "pdf: 极小的文字": blind,
    "pdf: 全透明的文字": blind,
    "pdf: 黑框下的文字": blind,
    "pdf: 白框下的文字": blind,
    "pdf: 图片下的文字": blind,
    "pdf: 表单对象里、黑框下的文字": blind,
    "pdf: 注释框下的文字": blind,
    "pdf: 页面以外的文字": blind,
    "pdf: 裁剪框以外的文字": blind,
    "pdf: 剪切掉的文字": blind,
    "pdf: 关闭的图层": blind,
    "pdf: 便笺": without("notes"),
    "pdf: 注释的作者": without("notes"),
    "pdf: 弹出窗口": without("notes"),
    "pdf: 图章的说明": without("notes"),
    "pdf: 隐藏的注释画出的文字": no_notes_open,
    "pdf: 表单域的值": without("fields"),
    "pdf: 隐藏的表单域": without("fields"),
    "pdf: 表单域的默认值": without("fields"),
    "pdf: XFA 表单": without("fields"),
    "pdf: 书签": without("outline"),
    "pdf: 邮件链接": without("links"),
    "pdf: 启动程序": without("links"),
    "pdf: 打开时的脚本": without("scripts"),
    "pdf: 页面的脚本": without("scripts"),
    "pdf: 名称表里的脚本": without("scripts"),
    "pdf: 附件": without("files"),
    "pdf: 页面上的附件": without("files"),
    "pdf: 关联文件": without("files"),
    "pdf: 附件的名称": without("files"),
    "pdf: 作者": without("properties"),
    "pdf: 自定义属性": without("properties"),
    "pdf: 文件的 XMP": without("xmp"),
    "pdf: 页面的 XMP": without("xmp"),
    "pdf: 程序私有数据": without("private"),
    "pdf: 不认识的键": without(),
    "pdf: 不认识的数据流": without(),
    "pdf: 复制时的替换文字": without("alternates"),
    "pdf: 图片的替代文字": without("alternates"),
    "pdf: 绘图指令里的注解": without("remarks"),
    "pdf: JPEG 里的注解": without("pictures"),
    "pdf: JPEG 结尾之后": without("pictures"),
    "pdf: 历次保存的旧页面": no_history("earlier_words"),
    "pdf: 历次保存的旧注释": no_history("earlier_words"),
    "pdf: 无人引用的对象": no_history("leftovers"),
    "pdf: 无人引用的页面": no_history("leftovers"),
    "pdf: 文件结尾之后": no_history("tail"),
}


@pytest.mark.parametrize("name", TRAPS)
def test_a_hiding_place_is_read_at_its_layer(name: str) -> None:
    found = harvest(TRAPS[name](NUMBER))
    assert EXPECTED[name] in layers_of(found)
    shown = [p for p in found.extraction.passages if p.text == SHOWN]
    assert shown or name == "pdf: 裁剪框以外的文字"


@pytest.mark.parametrize("name", TRAPS)
def test_without_its_guard_the_hiding_place_is_missed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    GUARDS[name](monkeypatch)
    assert EXPECTED[name] not in layers_of(harvest(TRAPS[name](NUMBER)))


def test_every_trap_has_a_layer_and_a_guard() -> None:
    assert TRAPS.keys() == EXPECTED.keys() == GUARDS.keys()
    assert len(TRAPS) >= 20


def test_a_line_of_a_page_has_its_box_from_the_top_left() -> None:
    (line,) = (p for p in harvest(document()).extraction.passages if p.text == SHOWN)
    assert line.place.page == 1
    box = line.place.box
    assert box is not None
    # Drawn at 40, 250 of a page 300 high, 12 points large.
    assert (round(box.left), round(box.top, -1), round(box.bottom, -1)) == (40, 40, 50)


def test_a_turned_page_has_its_boxes_where_they_are_seen() -> None:
    turned = edited(document(), lambda p: p.pages[0].obj.__setitem__("/Rotate", 90))
    (line,) = (p for p in harvest(turned).extraction.passages if p.text == SHOWN)
    # 300 across and 400 down: x is the height above the lower edge, y what was x.
    box = line.place.box or Box(0, 0, 0, 0)
    assert (round(box.left, -1), round(box.top)) == (250, 40)
    assert box.bottom - box.top > 100


def test_white_words_on_a_dark_band_are_seen() -> None:
    data = document(both(box_over(black), lambda c: c.setFillColor(white), say(NUMBER)))
    assert layers_of(harvest(data)) == {Layer.VISIBLE}


def test_red_words_on_green_of_the_same_brightness_are_seen() -> None:
    green, red = Color(0, 0.5, 0), Color(0.98, 0, 0)
    data = document(both(box_over(green), lambda c: c.setFillColor(red), say(NUMBER)))
    assert layers_of(harvest(data)) == {Layer.VISIBLE}


def test_half_a_number_under_a_box_is_told_with_its_line() -> None:
    data = document(both(say(NUMBER), lambda c: c.rect(30, 140, 60, 30, fill=1)))
    assert layers_of(harvest(data)) == {Layer.UNDER_BOX}


def test_words_drawn_under_other_words_to_copy_are_read_as_drawn() -> None:
    def lie(pdf: pikepdf.Pdf) -> None:
        words = f"/Span << /ActualText (x) >> BDC BT /F1 9 Tf 40 90 Td ({NUMBER}) Tj ET EMC"
        pdf.pages[0].contents_add(words.encode())

    assert Layer.VISIBLE in layers_of(harvest(edited(document(), lie)))


def reasons(data: bytes) -> list[str]:
    return [part.reason for part in harvest(data).extraction.not_covered]


def test_a_page_that_is_a_picture_is_not_covered() -> None:
    def only_picture(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        (name,) = page.obj["/Resources"]["/XObject"].keys()
        drawn = f"q 400 0 0 300 0 0 cm {name} Do Q".encode()
        page.obj["/Contents"] = pikepdf.Stream(pdf, drawn)

    data = edited(document(drawn_picture(0, 0)), only_picture)
    assert reasons(data) == ["本页是图片，没有文字可读；图片中的文字没有检查"]


def drawn_picture(left: int, bottom: int) -> Callable[[Canvas], object]:
    """Draws a picture 260 by 100 points."""
    return lambda canvas: canvas.drawImage(ImageReader(picture()), left, bottom, 260, 100)


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (
            both(drawn_picture(30, 100), box_over(black)),
            "图片上盖有色块，色块下的图像仍在文件里",
        ),
        (drawn_picture(300, 100), "图片只显示了一部分，其余仍在文件里"),
    ],
    ids=["盖住一块的图片", "伸出页面的图片"],
)
def test_what_a_picture_does_not_show_is_told(
    draw: Callable[[Canvas], object], reason: str
) -> None:
    assert reason in reasons(document(draw))


def test_blank_paper_under_a_box_hides_nothing() -> None:
    blank = ImageReader(Image.new("RGB", (20, 20), (255, 255, 255)))
    data = document(both(lambda c: c.drawImage(blank, 30, 100, 260, 100), box_over(black)))
    assert reasons(data) == ["本页有图片，图片中的文字没有检查"]


def test_a_thumbnail_and_an_undrawn_picture_are_not_covered() -> None:
    def add(pdf: pikepdf.Pdf) -> None:
        small = pikepdf.Stream(pdf, b"\0")
        small["/Width"], small["/Height"], small["/BitsPerComponent"] = 1, 1, 8
        small["/Subtype"], small["/ColorSpace"] = Name.Image, Name.DeviceGray
        page = pdf.pages[0].obj
        page["/Thumb"], page["/Resources"]["/XObject"] = small, Dictionary(Old=small)

    assert set(reasons(edited(document(), add))) == {
        "本页的缩略图没有检查，可能是旧样子",
        "本页带有没有画出来的图片或者内容，没有检查",
    }


def test_a_signature_is_remarked() -> None:
    def sign(pdf: pikepdf.Pdf) -> None:
        own = Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2, 3], Contents=String("\1\2"))
        pdf.Root["/AcroForm"] = Dictionary(
            Fields=[pdf.make_indirect(Dictionary(FT=Name.Sig, V=own))]
        )

    remarks = harvest(edited(document(), sign)).extraction.remarks
    assert remarks == ("文件带有电子签名，处理后签名失效",)


def locked(owner: str, user: str) -> bytes:
    """The number in a file with passwords."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(document(say(NUMBER)))) as pdf_file:
        pdf_file.save(out, encryption=pikepdf.Encryption(owner=owner, user=user))
    return out.getvalue()


def test_a_password_of_the_reader_is_refused() -> None:
    with pytest.raises(UnfitFileError, match="口令"):
        harvest(locked(owner="a", user="b"))


def test_a_password_of_the_owner_alone_is_no_hindrance() -> None:
    found = harvest(locked(owner="a", user=""))
    assert layers_of(found) == {Layer.VISIBLE}
    assert "文件带有权限口令，处理后不再保留" in found.extraction.remarks


def test_damage_is_refused_or_repaired_and_nothing_else() -> None:
    whole = document(say(NUMBER))
    outcomes = {_outcome(whole[:end]) for end in [*range(0, len(whole), 97), len(whole)]}
    assert outcomes == {"PDF 结构损坏或者文件不完整，无法打开", "read"}


def _outcome(data: bytes) -> str:
    try:
        harvest(data)
    except UnfitFileError as error:
        return error.reason
    return "read"


def test_more_saves_than_are_read_are_told() -> None:
    data = document()
    assert pdf_history.earlier_words(data + b"%%EOF\n" + b" " * 40, set())[1] == []
    many = data + (b"%%EOF\n" + b" " * 40) * 20
    ((part),) = pdf_history.earlier_words(many, set())[1]
    assert "次的旧内容" in part.reason
