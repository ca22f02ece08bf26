"""Every hiding place of a DOCX is found at its layer, and missed when its guard is taken out."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx as python_docx
import pytest

from screening.extraction import docx, docx_body, docx_looks, office_drawing, office_parts
from screening.extraction.docx import harvest
from screening.limits import open_package
from screening.passages import Extraction, Layer, Passage, UnfitFileError
from tests.screening.build_docx import (
    EXPECTED,
    TRAPS,
    anchored,
    cell,
    deleted,
    field,
    p,
    row,
    run,
    story,
    table,
    text_box,
)
from tests.screening.build_docx import docx as built
from tests.screening.build_opc import link
from tests.screening.places import NUMBER, Guard, all_of, entry, function, layers_of, no_rest
from tests.screening.samples import zipped
from tests.screening.traps import SHOWN

_BODY: Any = docx_body
_LOOKS: Any = docx_looks._LOOKS
_SHARED: Any = office_parts.SHARED
_INLINE: Any = docx_body.INLINE


def look(name: str) -> Guard:
    return entry(_LOOKS, name)


def inline(*names: str) -> Guard:
    return all_of(entry(_INLINE, *names), no_rest)


def aside(name: str) -> Guard:
    asides: Any = docx.ASIDES
    return all_of(entry(asides, name), no_rest)


def reader(*kinds: str) -> Guard:
    """Takes readers of parts out, and the one that reads what nobody knows."""
    readers: Any = docx.READERS
    own = [kind for kind in kinds if kind in docx.READERS]
    shared = [kind for kind in kinds if kind not in docx.READERS]
    return all_of(entry(readers, *own), entry(_SHARED, *shared), no_rest)


drawn: Any = office_drawing.DRAWINGS
no_rows = function(docx_body, "row_layers", ())
no_cells = function(docx_body, "cell_layers", ())
no_names = function(docx_body, "name_shapes")
no_far = function(docx_looks, "is_far", answer=False)
no_unseen_shapes = function(docx_body, "unseen_shape")
no_links = function(office_parts.Office, "tell_link")
no_pictures = all_of(entry(_SHARED, "image", "thumbnail"), entry(_SHARED, office_parts.OTHER))
no_files = all_of(
    entry(_SHARED, "package", "oleObject"), reader("aFChunk"), entry(_SHARED, office_parts.OTHER)
)

GUARDS: dict[str, Guard] = {
    "docx: 隐藏文字": look("vanish"),
    "docx: 字符样式里的隐藏文字": look("vanish"),
    "docx: 段落样式里的隐藏文字": look("vanish"),
    "docx: 白色文字": look("color"),
    "docx: 主题色里的白色文字": look("color"),
    "docx: 和底纹同色的文字": look("shd"),
    "docx: 和突出显示同色的文字": look("highlight"),
    "docx: 极小的文字": look("sz"),
    "docx: 全透明的文字": look("textFill"),
    "docx: 缩进到页面以外的文字": no_far,
    "docx: 隐藏的表格行": no_rows,
    "docx: 合并掉的单元格": no_cells,
    "docx: 批注": reader("comments"),
    "docx: 批注的作者": all_of(aside("author"), reader("comments")),
    "docx: 审阅人名单": reader("people"),
    "docx: 修订插入": inline("ins"),
    "docx: 修订删除": inline("del"),
    "docx: 删去一半的号码": inline("del"),
    "docx: 移动前的文字": inline("moveFrom"),
    "docx: 移动后的文字": inline("moveTo"),
    "docx: 修订删除的表格行": no_rows,
    "docx: 修订人": aside("author"),
    "docx: 脚注": reader("footnotes"),
    "docx: 尾注": reader("endnotes"),
    "docx: 页眉": reader("header"),
    "docx: 页脚": reader("footer"),
    "docx: 脚注分隔符": reader("footnotes"),
    "docx: 无人引用的脚注": reader("footnotes"),
    "docx: 文本框": inline("drawing"),
    "docx: 旧式文本框": inline("pict"),
    "docx: 艺术字": no_names,
    "docx: 旧版本程序才显示的内容": inline("AlternateContent"),
    "docx: 页面以外的文本框": no_unseen_shapes,
    "docx: 隐藏的图形": no_unseen_shapes,
    "docx: 图片的替代文字": no_names,
    "docx: 图形的名称": no_names,
    "docx: 图表的缓存": all_of(entry(drawn, "chart"), no_rest),
    "docx: 智能图形": all_of(entry(drawn, "diagramData"), no_rest),
    "docx: 域代码": inline("instrText"),
    "docx: 简单域": inline("fldSimple"),
    "docx: 域代码里的普通文字": inline("fldChar"),
    "docx: 超链接域": inline("instrText"),
    "docx: 超链接": no_links,
    "docx: 超链接的提示": aside("hyperlink"),
    "docx: 内容控件的选项": aside("listItem"),
    "docx: 内容控件的标题": no_rest,
    "docx: 表单域的帮助文字": aside("helpText"),
    "docx: 作者": reader("core-properties"),
    "docx: 单位": reader("extended-properties"),
    "docx: 自定义属性": reader("custom-properties"),
    "docx: 自定义 XML": no_rest,
    "docx: 文档变量": no_rest,
    "docx: 附加的模板": no_links,
    "docx: 自定义样式的名称": reader("styles"),
    "docx: 项目编号里的文字": reader("numbering"),
    "docx: 文档部件": reader("glossaryDocument"),
    "docx: 嵌入的其他文档": no_files,
    "docx: 内嵌的工作簿": no_files,
    "docx: 内嵌的 OLE 对象": no_files,
    "docx: 图片里的说明": no_pictures,
    "docx: 缩略图": no_pictures,
    "docx: 邮件合并的数据源": no_rest,
    "docx: 无人引用的部件": entry(_SHARED, office_parts.ORPHAN, office_parts.OTHER),
    "docx: 不认识的元素": no_rest,
    "docx: 不认识的属性": no_rest,
}


def plain(data: bytes) -> Extraction:
    return harvest(data).extraction


def said(data: bytes) -> list[tuple[Layer, str]]:
    return [(each.place.layer, each.text) for each in plain(data).passages]


@pytest.mark.parametrize("name", TRAPS)
def test_a_hiding_place_is_read_at_its_layer(name: str) -> None:
    found = harvest(TRAPS[name](NUMBER))
    assert layers_of(found) == {EXPECTED[name]} or name == "docx: 内嵌的工作簿"
    assert layers_of(found, SHOWN) == {Layer.VISIBLE}


def test_a_workbook_in_a_letter_is_handed_over() -> None:
    (book,) = harvest(TRAPS["docx: 内嵌的工作簿"](NUMBER)).embedded
    assert NUMBER.encode() in open_package(book.data).read("xl/sharedStrings.xml")


@pytest.mark.parametrize("name", TRAPS)
def test_without_its_guard_the_hiding_place_is_missed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    GUARDS[name](monkeypatch)
    found = harvest(TRAPS[name](NUMBER))
    assert EXPECTED[name] not in layers_of(found)
    assert name != "docx: 内嵌的工作簿" or not found.embedded


def test_every_trap_has_a_layer_and_a_guard() -> None:
    assert TRAPS.keys() == EXPECTED.keys() == GUARDS.keys()
    assert len(TRAPS) >= 60


# Places and joints, by hand.


def the(data: bytes, words: str) -> Passage:
    """The one passage that says these words."""
    (found,) = (each for each in plain(data).passages if words in each.text)
    return found


def test_paragraphs_are_counted_and_runs_are_joined() -> None:
    data = built(p(run("1101") + run("0119") + "<w:r><w:tab/><w:t>甲</w:t></w:r>"))
    found = the(data, "甲")
    assert found.text == "11010119\t甲"
    assert found.place.wording() == "第2段"


def test_a_cell_has_its_row_and_its_column_of_the_grid() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    data = built(table(row(cell("甲", wide), cell("乙")), row(cell("丙"), cell("丁"))))
    assert the(data, "乙").place.wording() == "第1个表第1行第3列"
    assert the(data, "丁").place.wording() == "第1个表第2行第2列"


def test_lines_of_a_cell_stand_in_one_passage_and_a_table_within_is_another() -> None:
    inner = table(row(cell("丙")))
    data = built(table(row(cell(p(run("甲")) + p(run("乙")) + inner))) + table(row(cell("丁"))))
    assert the(data, "甲").text == "甲\n乙"
    assert (the(data, "丙").place.table, the(data, "丁").place.table) == (2, 3)


def test_a_line_with_an_insertion_is_read_whole_and_once() -> None:
    data = built(p(run("临泉县") + f'<w:ins w:author="x">{run("灵石镇")}</w:ins>' + run("石桥村")))
    assert (Layer.INSERTED, "临泉县灵石镇石桥村") in said(data)
    assert sum("灵石镇" in text for _, text in said(data)) == 1


def test_a_number_changed_in_the_middle_is_read_before_and_after() -> None:
    change = deleted("0000") + f'<w:ins w:author="x">{run("1111")}</w:ins>'
    found = said(built(p(run("手机138") + change + run("2222，联系人"))))
    assert (Layer.DELETED, "13800002222") in found
    assert (Layer.INSERTED, "手机13811112222，联系人") in found


def test_switched_off_hiding_is_seen() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
    look = '<w:vanish w:val="0"/>'
    data = built(p(run("甲乙", look), '<w:pStyle w:val="a"/>'), styles=styles)
    assert (Layer.VISIBLE, "甲乙") in said(data)


def test_white_words_on_dark_ground_are_seen() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    dark = '<w:shd w:val="clear" w:fill="1F3864"/>'
    painted = '<w:style w:type="table" w:styleId="t"><w:tblStylePr><w:tcPr>' + dark
    styles = f"{painted}</w:tcPr></w:tblStylePr></w:style>"
    body = (
        p(run("在段落底纹上", white), dark)
        + table(row(cell(p(run("在单元格底纹上", white)), dark)))
        + table(row(cell(p(run("在表格样式上", white)))), look='<w:tblStyle w:val="t"/>')
        + p(anchored(text_box("在图形里", "").replace("<w:rPr>", f"<w:rPr>{white}")))
    )
    found = said(built(body, styles=styles))
    for words in ("在段落底纹上", "在单元格底纹上", "在表格样式上"):
        assert (Layer.VISIBLE, words) in found


def test_white_words_in_a_filled_shape_are_seen_and_in_an_empty_one_are_not() -> None:
    filled = '<a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    for look, layer in ((filled, Layer.TEXT_BOX), ("<a:noFill/>", Layer.WHITE_TEXT)):
        box = text_box("甲乙丙", look).replace(
            "<w:r>", '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
        )
        assert (layer, "甲乙丙") in said(built(p(anchored(box))))


def test_a_shape_on_a_hidden_run_is_hidden() -> None:
    hidden = anchored(text_box("甲乙丙")).replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>", 1)
    assert (Layer.HIDDEN_TEXT, "甲乙丙") in said(built(p(hidden)))


def test_what_both_forms_of_a_drawing_say_is_read_once() -> None:
    fallback = f"<w:pict><v:textbox><w:txbxContent>{p(run('甲乙'))}</w:txbxContent></v:textbox>"
    forms = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{anchored(text_box("甲乙"))[5:-6]}'
        f"</mc:Choice><mc:Fallback>{fallback}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert [layer for layer, text in said(built(p(f"<w:r>{forms}</w:r>"))) if text == "甲乙"] == [
        Layer.TEXT_BOX
    ]


def test_a_field_within_a_field_and_over_paragraphs_is_read() -> None:
    inner = field("MERGEFIELD 姓名", "甲")
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
    data = built(p(begin + inner) + p(run("乙")))
    found = said(data)
    assert (Layer.FORMULA, "MERGEFIELD 姓名") in found
    assert (Layer.FORMULA, "IF 甲乙") in found


def test_an_address_to_the_public_is_a_link_and_marks_within_the_text_are_none() -> None:
    body = p(field('HYPERLINK "https://example.org/a"', "甲")) + p(
        field('HYPERLINK \\l "_Toc1"', "乙")
    )
    outside = link("https://example.org/b", "hyperlink", "r7")
    links = [text for layer, text in said(built(body, outside)) if layer is Layer.LINK]
    assert links == ["https://example.org/a", "https://example.org/b"]


def test_what_an_ordinary_letter_holds_is_no_hidden_word() -> None:
    """Fonts, names of shapes and styles that programs give, and their own marks."""
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>'
        '<w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/><w:lang w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )
    body = (
        p(run("甲", '<w:rFonts w:ascii="仿宋" w:eastAsia="方正小标宋简体"/>'))
        + p(anchored("", name='name="图片 12"'))
        + '<w:p w:rsidR="00123456" w14:paraId="12345678"><w:bookmarkStart w:name="_Toc123456789"/>'
        "</w:p>"
    )
    found = plain(
        built(
            body, story("fontTable", "fonts", "fontTable", '<w:font w:name="仿宋"/>'), styles=styles
        )
    )
    assert [each for each in found.passages if each.place.layer.hidden] == []


def test_a_letter_of_another_program_is_read_in_order() -> None:
    stream = io.BytesIO()
    letter = python_docx.Document()
    letter.add_heading("关于印发工作要点的通知", 0)
    letter.add_paragraph("各乡镇人民政府：")
    grid = letter.add_table(2, 2)
    for at, words in enumerate(("序号", "单位", "1", "城北县")):
        grid.cell(*divmod(at, 2)).text = words
    letter.save(stream)
    seen = [each.text for each in plain(stream.getvalue()).passages if not each.place.layer.hidden]
    assert seen == ["关于印发工作要点的通知", "各乡镇人民政府：", "序号", "单位", "1", "城北县"]


# Damage: a refusal with a reason, or words; nothing else.


def outcome(data: bytes) -> str:
    try:
        harvest(data)
    except UnfitFileError as error:
        return error.reason or "without a reason"
    return ""


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


BROKEN = {
    "empty": b"",
    "cut off": b'<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body>',
    "no XML": b"\x00\x01\x02\xff" * 20,
    "entities": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    "too deep": b"<a>" * 5000 + b"</a>" * 5000,
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("part", ["word/document.xml", "word/comments.xml", "_rels/.rels"])
def test_broken_parts_are_refused_or_passed_by(kind: str, part: str) -> None:
    parts = parts_of(TRAPS["docx: 批注"](NUMBER))
    reason = outcome(zipped({**parts, part: BROKEN[kind]}))
    assert reason or part == "_rels/.rels"


def test_a_file_cut_off_anywhere_is_refused() -> None:
    data = TRAPS["docx: 批注"](NUMBER)
    assert all(outcome(data[:end]) for end in range(0, len(data) - 1, 61))


def test_a_missing_part_is_passed_by() -> None:
    parts = parts_of(TRAPS["docx: 批注"](NUMBER))
    del parts["word/comments.xml"]
    assert outcome(zipped(parts)) == ""


def test_tables_in_tables_to_the_limit_of_xml_are_read_or_refused() -> None:
    deep = "甲"
    for _ in range(60):
        deep = table(row(cell(deep)))
    assert "甲" in {each.text for each in plain(built(deep)).passages}
    for _ in range(40):
        deep = table(row(cell(deep)))
    assert outcome(built(deep))


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    styles = "".join(
        f'<w:style w:type="character" w:styleId="{own}"><w:basedOn w:val="{other}"/></w:style>'
        for own, other in (("a", "b"), ("b", "a"))
    )
    assert (Layer.VISIBLE, "甲乙") in said(
        built(p(run("甲乙", '<w:rStyle w:val="a"/>')), styles=styles)
    )
