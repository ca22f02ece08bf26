"""What a letter hides is nowhere in the stripped file, and what it shows is still there."""

from __future__ import annotations

import io
from collections.abc import Callable
from xml.sax.saxutils import escape

import docx
import docx.document
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from screening.passages import UnfitFileError
from screening.stripping import dispatch
from screening.stripping.docx import strip
from tests.screening import build_docx, build_opc
from tests.screening.build_docx import TRAPS, anchored, cell, field, p, row, run, table
from tests.screening.strip_checks import LETTERS, NUMBER, by_name, holds, parts, shown
from tests.screening.strip_guards_docx import GUARDS
from tests.screening.traps import SHOWN

# Hiding places with the guards that keep the secret out; without them it goes out.
HIDING = {
    "docx: 隐藏文字": "hidden",
    "docx: 字符样式里的隐藏文字": "hidden",
    "docx: 段落样式里的隐藏文字": "hidden",
    "docx: 白色文字": "hidden",
    "docx: 主题色里的白色文字": "hidden",
    "docx: 和底纹同色的文字": "hidden",
    "docx: 和突出显示同色的文字": "hidden",
    "docx: 极小的文字": "hidden",
    "docx: 全透明的文字": "hidden",
    "docx: 缩进到页面以外的文字": "places",
    "docx: 隐藏的表格行": "places",
    "docx: 合并掉的单元格": "places",
    "docx: 批注": "parts",
    "docx: 批注的作者": "parts",
    "docx: 审阅人名单": "parts",
    "docx: 修订删除": "list changes",
    "docx: 移动前的文字": "list changes",
    "docx: 修订删除的表格行": "changes",
    "docx: 修订人": "list",
    "docx: 脚注分隔符": "notes",
    "docx: 无人引用的脚注": "notes",
    "docx: 旧版本程序才显示的内容": "list alternatives",
    "docx: 页面以外的文本框": "places",
    "docx: 隐藏的图形": "places",
    "docx: 图片的替代文字": "list",
    "docx: 图形的名称": "list shapes",
    "docx: 域代码": "fields",
    "docx: 简单域": "list fields",
    "docx: 域代码里的普通文字": "fields",
    "docx: 超链接域": "fields",
    "docx: 超链接": "addresses",
    "docx: 超链接的提示": "list",
    "docx: 内容控件的选项": "list",
    "docx: 内容控件的标题": "list",
    "docx: 表单域的帮助文字": "list fields",
    "docx: 作者": "parts",
    "docx: 单位": "parts",
    "docx: 自定义属性": "parts",
    "docx: 自定义 XML": "parts",
    "docx: 文档变量": "list",
    "docx: 附加的模板": "parts",
    "docx: 自定义样式的名称": "list names",
    "docx: 项目编号里的文字": "lists",
    "docx: 文档部件": "parts",
    "docx: 内嵌的工作簿": "parts",
    "docx: 内嵌的 OLE 对象": "parts",
    "docx: 图片里的说明": "pictures",
    "docx: 缩略图": "parts",
    "docx: 邮件合并的数据源": "list",
    "docx: 无人引用的部件": "parts",
    "docx: 不认识的元素": "list",
    "docx: 不认识的属性": "list",
}
# Seen by all who open the file.
SEEN = [
    "docx: 修订插入",
    "docx: 移动后的文字",
    "docx: 脚注",
    "docx: 尾注",
    "docx: 页眉",
    "docx: 页脚",
    "docx: 文本框",
    "docx: 旧式文本框",
    "docx: 艺术字",
]
# What cannot be cut without changing the page, with the words of the refusal.
REFUSED = {
    "docx: 图表的缓存": "图表",
    "docx: 智能图形": "SmartArt",
    "docx: 嵌入的其他文档": "插着另一个文档",
}


def test_every_trap_is_judged_here() -> None:
    assert set(TRAPS) == {*HIDING, *SEEN, *REFUSED, "docx: 删去一半的号码"}


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


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_cut_is_refused_with_its_reason(name: str) -> None:
    with pytest.raises(UnfitFileError, match=REFUSED[name]):
        strip(TRAPS[name](NUMBER))


@pytest.mark.parametrize("name", REFUSED)
def test_without_the_refusal_the_secret_goes_out(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = TRAPS[name](NUMBER)
    for guard in by_name(GUARDS, "list parts"):
        guard(monkeypatch, old)

    assert holds(strip(old).data)


def test_of_a_number_half_deleted_only_the_rest_is_left() -> None:
    old = TRAPS["docx: 删去一半的号码"](NUMBER)

    new = strip(old).data

    assert holds(old, NUMBER[4:9])
    assert not holds(new, NUMBER[4:9])
    assert NUMBER[:4] + NUMBER[9:] in shown(new)


def _opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def _letter(change: Callable[[docx.document.Document], object]) -> bytes:
    document = docx.Document()
    document.add_heading("关于印发工作要点的通知", 1)
    document.add_paragraph("一、请各单位认真落实。", style="List Number")
    table = document.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).text, table.cell(1, 1).text = "序号", "单位"
    document.sections[0].header.paragraphs[0].text = "城北县人民政府"
    change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _styled(document: docx.document.Document) -> list[tuple[str, str]]:
    return [(p.text, getattr(p.style, "name", "")) for p in document.paragraphs]


def test_a_letter_of_a_program_opens_again_with_its_words_and_styles() -> None:
    old = _letter(lambda _: None)

    new = _opened(dispatch.strip(old).data)

    assert _styled(new) == _styled(_opened(old))
    assert "List Number" in [style for _, style in _styled(new)]
    assert [[cell.text for cell in row.cells] for row in new.tables[0].rows] == [
        ["序号", ""], ["", "单位"],
    ]  # fmt: skip
    assert getattr(new.tables[0].style, "name", "") == "Table Grid"
    assert new.sections[0].header.paragraphs[0].text == "城北县人民政府"
    assert new.core_properties.author != "python-docx"


def test_the_same_letter_is_always_stripped_to_the_same_bytes() -> None:
    old = _letter(lambda _: None)

    first = strip(old).data

    assert strip(old).data == first
    assert strip(first).data == first


def test_white_words_on_a_dark_cell_are_seen_and_stay() -> None:
    look = '<w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/>'
    head = cell("表头", look).replace("<w:r>", '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr>')

    assert "表头" in shown(dispatch.strip(build_docx.docx(table(row(head)))).data)


def test_the_number_of_the_page_goes_on_counting() -> None:
    old = build_docx.docx(p(field("PAGE \\* MERGEFORMAT", "1") + run("页")))

    new = dispatch.strip(old).data

    assert holds(new, " PAGE ")
    assert "页" in shown(new)


def test_a_tick_of_a_form_becomes_a_word() -> None:
    data = '<w:ffData><w:checkBox><w:checked w:val="1"/></w:checkBox></w:ffData>'
    box = field("FORMCHECKBOX", "").replace('"begin"/>', f'"begin">{data}</w:fldChar>', 1)

    assert "☒同意" in shown(dispatch.strip(build_docx.docx(p(box + run("同意")))).data)


def test_a_public_link_stays_and_others_lose_their_address() -> None:
    target = "https://www.example.gov.cn/a.html"
    link = p(f'<w:hyperlink r:id="rLink">{run("公开栏目")}</w:hyperlink>')
    public = build_docx.docx(link, build_opc.link(target, "hyperlink", "rLink"))
    inner = build_docx.docx(link, build_opc.link("http://a@10.0.0.1/x", "hyperlink", "rLink"))

    assert holds(dispatch.strip(public).data, target)
    assert not holds(dispatch.strip(inner).data, "10.0.0.1")


def test_two_paragraphs_are_one_when_the_mark_between_them_was_deleted() -> None:
    first = p(run("前半"), '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>')
    new = dispatch.strip(build_docx.docx(first + p(run("后半")))).data

    assert "前半后半" in [paragraph.text for paragraph in _opened(new).paragraphs]


def test_what_a_crop_hides_is_cut_from_the_picture() -> None:
    picture = Image.new("RGB", (100, 50), "white")
    picture.paste("red", (50, 0, 100, 50))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    graphic = (
        '<pic:pic><pic:blipFill><a:blip r:embed="rPic"/><a:srcRect r="50000"/></pic:blipFill>'
        "</pic:pic>"
    )
    part = build_opc.Part(
        "word/media/image1.png", stream.getvalue(), "image", "image/png", id="rPic"
    )

    new = dict(parts(strip(build_docx.docx(p(anchored(graphic)), part)).data))

    with Image.open(io.BytesIO(new["word/media/image1.png/"])) as cut:
        assert cut.size == (50, 50)
        assert cut.getcolors() == [(2500, (255, 255, 255))]


@given(st.lists(st.text(LETTERS, max_size=20)))
@settings(max_examples=25, deadline=None)
def test_visible_words_are_the_same_in_the_same_order(lines: list[str]) -> None:
    body = "".join(p(run(escape(line))) for line in lines)
    old = build_docx.docx(body)

    new = dispatch.strip(old).data

    assert shown(new) == shown(old)
