"""DOCX: merged and nested tables, revisions, hidden text, boxes, headers – as Word shows them."""

from __future__ import annotations

import pytest

from reportreader.document import Document, Grid, Line, Picture
from reportreader.errors import UnreadableError
from reportreader.fronts import open_document
from tests.reportreader.bad_files import WORD, docx

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(body: str, **options: object) -> Document:
    parts = options.get("parts")
    assert parts is None or isinstance(parts, dict)
    return open_document(docx(body, parts=parts), "报告.docx")


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def spans(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [
        (item.text, item.row, item.column, item.row_span, item.column_span) for item in grid.cells
    ]


def test_paragraphs_become_lines_in_order() -> None:
    document = read(paragraph(run("一、总体"), run("情况")) + paragraph() + paragraph(run("甲")))
    assert lines(document) == ["一、总体情况", "甲"]
    assert [block.place.line for block in document.blocks] == [1, 2]
    assert document.format == "docx"


def test_breaks_tabs_and_hyphens_are_kept() -> None:
    body = "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>3</w:t>"
    document = read(body + "<w:noBreakHyphen/><w:t>4</w:t></w:r></w:p>")
    assert lines(document) == ["甲", "乙\t3-4"]


def test_merged_cells_get_their_spans() -> None:
    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide = '<w:gridSpan w:val="2"/>'
    body = table(
        cell("结果", restart) + cell("予以公开", wide) + cell("5"),
        cell("", goes_on) + cell("不予公开", restart) + cell("国家秘密") + cell("0"),
        cell("", goes_on) + cell("", goes_on) + cell("其他") + cell("7"),
    )
    (grid,) = grids(read(body))
    assert (grid.row_count, grid.column_count) == (3, 4)
    assert spans(grid) == [
        ("结果", 0, 0, 3, 1),
        ("予以公开", 0, 1, 1, 2),
        ("5", 0, 3, 1, 1),
        ("不予公开", 1, 1, 2, 1),
        ("国家秘密", 1, 2, 1, 1),
        ("0", 1, 3, 1, 1),
        ("其他", 2, 2, 1, 1),
        ("7", 2, 3, 1, 1),
    ]


def test_cells_know_their_row_and_column_counted_from_one() -> None:
    (grid,) = grids(read(table(cell("甲") + cell("1"), cell("乙") + cell("2"))))
    assert [(item.place.row, item.place.column) for item in grid.cells] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
    ]


def test_a_vertical_merge_that_continues_nothing_is_a_cell_of_its_own() -> None:
    (grid,) = grids(read(table(cell("1", "<w:vMerge/>") + cell("2"))))
    assert [item.text for item in grid.cells] == ["1", "2"]


def test_cells_merged_the_old_horizontal_way_are_one() -> None:
    body = table(
        cell("甲", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>") + cell("1"),
    )
    (grid,) = grids(read(body))
    assert spans(grid) == [("甲", 0, 0, 1, 2), ("1", 0, 2, 1, 1)]


def test_columns_skipped_before_a_row_shift_its_cells() -> None:
    shifted = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("1")
    (grid,) = grids(read(table(cell("甲") + cell("0"), shifted)))
    assert spans(grid)[-1] == ("1", 1, 1, 1, 1)


def test_absurd_spans_cost_no_memory() -> None:
    (grid,) = grids(read(table(cell("甲", '<w:gridSpan w:val="999999999"/>') + cell("1"))))
    assert grid.column_count == 256


def test_several_paragraphs_of_a_cell_stay_lines() -> None:
    inside = f"<w:tc>{paragraph(run('其他'))}{paragraph(run('结果'))}</w:tc>"
    (grid,) = grids(read(table(inside + cell("0"))))
    assert grid.cells[0].text == "其他\n结果"


def test_deletions_are_left_out_and_insertions_read() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>9</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="3">{run("8")}</w:moveFrom>'
    inserted = f'<w:ins w:id="2">{run("7")}</w:ins>'
    document = read(paragraph(run("收到 "), deleted, moved, inserted, run(" 件")))
    assert lines(document) == ["收到 7 件"]
    assert any("修订" in remark for remark in document.remarks)


def test_a_row_deleted_under_revision_is_no_row() -> None:
    gone = '<w:trPr><w:del w:id="1"/></w:trPr>' + cell("旧") + cell("9")
    (grid,) = grids(read(table(cell("甲") + cell("1"), gone, cell("乙") + cell("2"))))
    assert [item.text for item in grid.cells] == ["甲", "1", "乙", "2"]


def test_hidden_text_of_a_cell_is_read_and_said_to_be_hidden() -> None:
    hidden = f"<w:tc>{paragraph(run('12', '<w:vanish/>'))}</w:tc>"
    document = read(table(cell("甲") + hidden))
    value = grids(document)[0].cells[1]
    assert (value.text, value.hidden) == ("12", True)
    assert any("隐藏" in remark for remark in document.remarks)


def test_hidden_text_beside_shown_text_is_left_out() -> None:
    mixed = f"<w:tc>{paragraph(run('3'), run('45', '<w:vanish/>'))}</w:tc>"
    document = read(table(cell("甲") + mixed) + paragraph(run("甲"), run("乙", "<w:vanish/>")))
    value = grids(document)[0].cells[1]
    assert (value.text, value.hidden) == ("3", False)
    assert lines(document) == ["甲"]
    assert any("2 处隐藏" in remark for remark in document.remarks)


def test_text_whose_hiding_is_switched_off_is_shown() -> None:
    document = read(paragraph(run("甲", '<w:vanish w:val="0"/>')))
    assert lines(document) == ["甲"]
    assert document.remarks == ()


def test_a_hidden_row_is_read_and_said_to_be_hidden() -> None:
    hidden = "<w:trPr><w:hidden/></w:trPr>" + cell("乙") + cell("2")
    (grid,) = grids(read(table(cell("甲") + cell("1"), hidden)))
    assert [item.hidden for item in grid.cells] == [False, False, True, True]


def test_a_table_inside_a_frame_of_one_column_is_found() -> None:
    inner = table(cell("规章") + cell("0"))
    body = f"<w:tbl><w:tr><w:tc>{paragraph(run('标题'))}{inner}<w:p/></w:tc></w:tr></w:tbl>"
    document = read(body)
    assert lines(document) == ["标题"]
    assert [item.text for item in grids(document)[0].cells] == ["规章", "0"]


def test_a_table_inside_a_cell_follows_its_outer_table() -> None:
    inner = table(cell("规章") + cell("0"))
    outer = f"<w:tc>{paragraph(run('甲'))}{inner}<w:p/></w:tc>{cell('1')}"
    first, second = grids(read(table(outer)))
    assert [item.text for item in first.cells] == ["甲", "1"]
    assert [item.text for item in second.cells] == ["规章", "0"]


def test_a_text_box_is_read_once_though_written_twice() -> None:
    box = f"<w:txbxContent>{paragraph(run('盒中'))}</w:txbxContent>"
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    drawn = (
        f'<w:r><mc:AlternateContent xmlns:mc="{compatibility}">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(read(paragraph(run("盒外"), drawn))) == ["盒外", "盒中"]


def test_blocks_written_for_two_kinds_of_word_are_read_once() -> None:
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = (
        f'<mc:AlternateContent xmlns:mc="{compatibility}">'
        f"<mc:Choice>{paragraph(run('新'))}</mc:Choice>"
        f"<mc:Fallback>{paragraph(run('旧'))}</mc:Fallback></mc:AlternateContent>"
    )
    old = (
        f'<mc:AlternateContent xmlns:mc="{compatibility}">'
        f"<mc:Fallback>{paragraph(run('旧'))}</mc:Fallback></mc:AlternateContent>"
    )
    assert lines(read(both + old)) == ["新", "旧"]


def test_whole_paragraphs_moved_away_under_revision_are_left_out() -> None:
    moved = f'<w:moveFrom w:id="1">{paragraph(run("旧"))}</w:moveFrom>'
    document = read(moved + paragraph(run("新")))
    assert lines(document) == ["新"]
    assert any("修订" in remark for remark in document.remarks)


def test_cells_beyond_what_word_allows_are_left_out() -> None:
    (grid,) = grids(read(table(cell("0") * 300)))
    assert (grid.column_count, len(grid.cells)) == (256, 256)


def test_a_table_without_cells_is_no_table() -> None:
    assert grids(read("<w:tbl><w:tr/></w:tbl>" + paragraph(run("甲")))) == []


def test_content_controls_and_links_are_read_through() -> None:
    control = f"<w:sdt><w:sdtContent>{paragraph(run('甲'))}</w:sdtContent></w:sdt>"
    link = f"<w:p><w:hyperlink>{run('乙')}</w:hyperlink></w:p>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell('丙')}{cell('1')}</w:tr></w:sdtContent></w:sdt>"
    document = read(f"{control}{link}<w:tbl>{row}</w:tbl>")
    assert lines(document) == ["甲", "乙"]
    assert [item.text for item in grids(document)[0].cells] == ["丙", "1"]


def test_field_codes_are_not_text_but_their_results_are() -> None:
    field = "<w:r><w:instrText>SUM(ABOVE)</w:instrText></w:r>"
    assert lines(read(paragraph(field, run("44")))) == ["44"]


def test_pictures_are_noted_where_they_stand() -> None:
    drawing = '<w:r><w:drawing><a:blip xmlns:a="urn:a"/></w:drawing></w:r>'
    document = read(paragraph(run("二、")) + paragraph(drawing) + paragraph(run("三、")))
    assert [type(block) for block in document.blocks] == [Line, Picture, Line]


def test_symbols_with_a_character_are_read_and_others_left_out() -> None:
    symbols = '<w:r><w:sym w:char="F0FE"/><w:sym w:char="00B1"/><w:sym w:char="x"/></w:r>'
    assert lines(read(paragraph(run("甲"), symbols))) == ["甲±"]


def test_embedded_documents_are_remarked_on() -> None:
    document = read('<w:altChunk w:id="1"/>' + paragraph(run("甲")))
    assert any("内嵌" in remark for remark in document.remarks)


def _margins() -> dict[str, str]:
    kinds = {"header1": "header", "footer1": "footer", "footnotes": "footnotes"}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{name}.xml"/>'
        for name, kind in kinds.items()
    )
    outside = (
        f'<Relationship Id="x" Type="{RELATIONS}/hyperlink" Target="http://a" '
        'TargetMode="External"/>'
    )
    note = '<w:footnote w:type="separator"><w:p/></w:footnote>'
    return {
        "word/_rels/document.xml.rels": f"<Relationships>{relations}{outside}</Relationships>",
        "word/header1.xml": f'<w:hdr xmlns:w="{WORD}">{paragraph(run("样例县"))}</w:hdr>',
        "word/footer1.xml": f'<w:ftr xmlns:w="{WORD}">{paragraph(run("- 3 -"))}</w:ftr>',
        "word/footnotes.xml": (
            f'<w:footnotes xmlns:w="{WORD}">{note}'
            f"<w:footnote>{paragraph(run('注'))}</w:footnote></w:footnotes>"
        ),
    }


def test_headers_stand_first_notes_last_and_page_numbers_nowhere() -> None:
    document = read(paragraph(run("正文")), parts=_margins())
    assert lines(document) == ["样例县", "正文", "注"]


def test_title_and_date_come_from_the_properties_and_the_author_does_not() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc"><dc:title>年度报告</dc:title>'
        "<dc:creator>某人</dc:creator><dc:created>2025-01-20</dc:created></cp:coreProperties>"
    )
    document = read(paragraph(run("甲")), parts={"docProps/core.xml": core})
    assert document.metadata == {"title": "年度报告", "date": "2025-01-20"}


def test_the_document_part_is_found_by_its_relation() -> None:
    relations = (
        f'<Relationships><Relationship Id="r" Type="{RELATIONS}/officeDocument" '
        'Target="/word/document2.xml"/></Relationships>'
    )
    other = f'<w:document xmlns:w="{WORD}"><w:body>{paragraph(run("乙"))}</w:body></w:document>'
    document = read(
        paragraph(run("甲")), parts={"_rels/.rels": relations, "word/document2.xml": other}
    )
    assert lines(document) == ["乙"]


def test_a_package_without_a_body_is_refused() -> None:
    other = f'<w:document xmlns:w="{WORD}"/>'
    relations = (
        f'<Relationships><Relationship Id="r" Type="{RELATIONS}/officeDocument" '
        'Target="word/empty.xml"/></Relationships>'
    )
    with pytest.raises(UnreadableError, match="DOCX 结构损坏"):
        read("", parts={"_rels/.rels": relations, "word/empty.xml": other})


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<w:p><w:r>", id="tags left open"),
        pytest.param("<w:p>\x01</w:p>", id="characters XML does not allow"),
    ],
)
def test_damaged_xml_is_refused_in_one_line(body: str) -> None:
    with pytest.raises(UnreadableError, match=r"^报告\.docx：DOCX 结构损坏"):
        read(body)
