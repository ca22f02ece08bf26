"""Words of plain text, tables of text, web pages and archives, each at its place."""

from __future__ import annotations

from importlib import import_module

import pytest

from screening import reading
from screening.extraction import html
from screening.passages import Extraction, Layer, UnfitFileError
from screening.reading import extract
from tests.screening.hostile_zips import nested, raw_zip
from tests.screening.samples import picture, zipped

PLANTED = "张三丰7788"


def layers_of(extraction: Extraction, words: str = PLANTED) -> set[Layer]:
    return {each.place.layer for each in extraction.passages if words in each.text}


def test_lines_of_text_keep_their_numbers() -> None:
    passages = extract("第一行\r\n\r\n  \n第四行\r第五行".encode()).passages
    assert [(each.text, each.place.paragraph) for each in passages] == [
        ("第一行", 1), ("第四行", 4), ("第五行", 5),
    ]  # fmt: skip


def test_cells_of_csv_have_row_and_column_even_over_broken_lines() -> None:
    passages = extract('姓名,住址\n甲,"城北县\n某路"\n乙,\n'.encode()).passages
    assert [(each.text, each.place.row, each.place.column) for each in passages] == [
        ("姓名", 1, 1), ("住址", 1, 2), ("甲", 2, 1), ("城北县\n某路", 2, 2), ("乙", 3, 1),
    ]  # fmt: skip
    assert passages[0].place.wording() == "第1个表第1行第1列"


def test_the_name_of_the_file_is_read_first() -> None:
    passage = extract("正文".encode(), "张三的申请.txt").passages[0]
    assert (passage.text, passage.place.layer) == ("张三的申请.txt", Layer.FILE_NAME)


# Hiding places of a page → (page, layer), by hand.
PAGES: dict[str, tuple[str, Layer]] = {
    "注释": ("<p>a</p><!-- {} -->", Layer.COMMENT),
    "条件注释": ("<p>a</p><!--[if IE]><p>{}</p><![endif]-->", Layer.COMMENT),
    "脚本": ("<script>var a='{}'</script>", Layer.SCRIPT),
    "事件": ("<p onclick=\"a('{}')\">a</p>", Layer.SCRIPT),
    "脚本链接": ("<a href=\"javascript:a('{}')\">a</a>", Layer.SCRIPT),
    "链接": ("<a href='http://www.gov.cn/{}'>a</a>", Layer.LINK),
    "替代文字": ("<img alt='{}'>", Layer.ALT_TEXT),
    "提示": ("<p title='{}'>a</p>", Layer.ALT_TEXT),
    "读屏文字": ("<p aria-label='{}'>a</p>", Layer.ALT_TEXT),
    "隐藏域": ("<input type='hidden' value='{}'>", Layer.HIDDEN_TEXT),
    "自定义属性": ("<p data-owner='{}'>a</p>", Layer.METADATA),
    "元数据": ("<meta name='author' content='{}'><p>a</p>", Layer.METADATA),
    "标题": ("<title>{}</title><p>a</p>", Layer.METADATA),
    "样式表": ("<style>p::after{{content:'{}'}}</style><p>a</p>", Layer.METADATA),
    "hidden 属性": ("<p hidden>{}</p>", Layer.HIDDEN_TEXT),
    "不显示": ("<p style='display: none'>{}</p>", Layer.HIDDEN_TEXT),
    "不可见": ("<p style='visibility:hidden'>{}</p>", Layer.HIDDEN_TEXT),
    "透明": ("<p style='opacity:0'>{}</p>", Layer.HIDDEN_TEXT),
    "字号为零": ("<span style='font-size:0'>{}</span>", Layer.HIDDEN_TEXT),
    "移出页面": ("<p style='position:absolute;left:-9999px'>{}</p>", Layer.HIDDEN_TEXT),
    "外层不显示": ("<div style='display:none'><p><b>{}</b></p></div>", Layer.HIDDEN_TEXT),
    "按类隐藏": ("<style>.x{{display:none}}</style><p class='y x'>{}</p>", Layer.HIDDEN_TEXT),
    "按编号隐藏": ("<style>#x{{display:none}}</style><p id='x'>{}</p>", Layer.HIDDEN_TEXT),
    "白字": ("<span style='color: #FFF'>{}</span>", Layer.WHITE_TEXT),
    "font 白字": ("<font color='white'>{}</font>", Layer.WHITE_TEXT),
    "模板": ("<template><p>{}</p></template>", Layer.HIDDEN_TEXT),
    "不支持脚本时的内容": ("<noscript><p>{}</p></noscript>", Layer.HIDDEN_TEXT),
    "结束以后的注释": ("<p>a</p></body></html><!--{}-->", Layer.COMMENT),
}


@pytest.mark.parametrize("place", PAGES)
def test_every_hiding_place_of_a_page_is_read_in_its_layer(place: str) -> None:
    page, layer = PAGES[place]
    assert layers_of(extract(f"<html><body>{page.format(PLANTED)}".encode())) == {layer}


@pytest.mark.parametrize(
    ("place", "table", "entry"),
    [
        ("注释", html.ASIDES, "comment"),
        ("脚本", html.UNSEEN, "script"),
        ("模板", html.UNSEEN, "template"),
        ("样式表", html.UNSEEN, "style"),
    ],
)
def test_without_its_entry_a_hiding_place_of_a_page_is_missed(
    place: str, table: dict[str, Layer], entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, layer = PAGES[place]
    monkeypatch.delitem(table, entry)
    assert layer not in layers_of(extract(f"<html><body>{page.format(PLANTED)}".encode()))


def test_without_the_rules_attributes_are_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "attribute_layer", lambda *_: None)
    for place in ("事件", "链接", "替代文字", "提示", "隐藏域", "自定义属性", "元数据"):
        assert not layers_of(extract(f"<html><body>{PAGES[place][0].format(PLANTED)}".encode()))


def test_without_the_rules_hidden_words_are_taken_for_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "hidden_layer", lambda *_: None)
    for place in ("hidden 属性", "不显示", "外层不显示", "按类隐藏", "白字"):
        page = f"<html><body>{PAGES[place][0].format(PLANTED)}".encode()
        assert layers_of(extract(page)) == {Layer.VISIBLE}


def test_a_page_is_read_in_lines_and_cells() -> None:
    page = (
        "<html><p>关于<b>印发</b>要点的\n通知</p><table><tr><th>姓名<th>电话<tr><td>甲<td>1<br>2"
        "</table>尾</html>"
    )
    found = [
        (each.text, each.place.row, each.place.column) for each in extract(page.encode()).passages
    ]
    assert found == [
        ("关于印发要点的 通知", 0, 0), ("姓名", 1, 1), ("电话", 1, 2), ("甲", 2, 1), ("1", 2, 2),
        ("2", 2, 2), ("尾", 0, 0),
    ]  # fmt: skip


def test_a_picture_written_into_a_page_is_followed() -> None:
    import base64

    inside = base64.b64encode(picture("PNG") + PLANTED.encode()).decode()
    extraction = extract(
        f"<html><p>a</p><img src='data:image/png;base64,{inside}'></html>".encode()
    )
    found = [each for each in extraction.passages if PLANTED in each.text]
    assert [each.place.inside for each in found] == [("<img>",)]


def test_what_a_page_fetches_is_said_to_be_not_covered() -> None:
    extraction = extract(b"<html><p>a</p><iframe src='b.html'></iframe></html>")
    assert [part.reason for part in extraction.not_covered] == ["网页引用的其他内容没有检查"]


def test_names_in_a_zip_are_read_also_in_gbk() -> None:
    name = f"{PLANTED}身份证.txt".encode("gb18030")
    extraction = extract(raw_zip([(name, b"a", 0xE8B7BE43, 1)], method=0))
    assert layers_of(extraction) == {Layer.FILE_NAME}


def test_a_note_in_the_comment_of_a_zip_is_read() -> None:
    data = zipped({"a.txt": b"a"})
    note = PLANTED.encode()
    data = data[:-2] + len(note).to_bytes(2, "little") + note
    assert layers_of(extract(data)) == {Layer.METADATA}


def test_without_the_reading_of_asides_the_note_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped({"a.txt": b"a"})
    note = PLANTED.encode()
    data = data[:-2] + len(note).to_bytes(2, "little") + note
    monkeypatch.setattr(reading, "package_asides", lambda _: ())
    assert layers_of(extract(data)) == set()


def test_files_in_a_zip_are_read_with_the_way_to_them() -> None:
    inner = zipped({"名单.csv": f"序号,姓名\n1,{PLANTED}\n".encode()})
    extraction = extract(zipped({"附件.zip": inner}))
    (found,) = [each for each in extraction.passages if PLANTED in each.text]
    assert found.place.inside == ("附件.zip", "名单.csv")
    assert (found.place.row, found.place.column, found.place.layer) == (2, 2, Layer.VISIBLE)
    assert found.place.wording() == "内嵌文件“附件.zip” 内嵌文件“名单.csv” 第1个表第2行第2列"


def test_three_levels_are_followed_and_the_fourth_is_said_to_be_not_covered() -> None:
    assert layers_of(extract(nested(3)), "最里面")
    deep = extract(nested(4))
    assert not layers_of(deep, "最里面")
    assert [part.reason for part in deep.not_covered] == ["没有检查：文件嵌套超过 3 层"]


def test_without_the_depth_a_nest_is_followed_to_its_ground(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "check_depth", lambda _: None)
    assert layers_of(extract(nested(12)), "最里面")


def test_too_many_files_inside_are_refused_only_by_their_guard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = zipped({f"{number}.txt": b"a" for number in range(1_001)})
    with pytest.raises(UnfitFileError, match="过多"):
        extract(many)
    monkeypatch.setattr(reading, "check_embedded", lambda *_: None)
    assert len(extract(many).passages) == 2_002


def test_every_carrier_that_is_read_has_its_extractor() -> None:
    for module in reading.EXTRACTORS.values():
        assert callable(import_module(module).harvest)
