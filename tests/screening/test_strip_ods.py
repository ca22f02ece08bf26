"""What an ODS hides is nowhere in the stripped file, and what it shows is still there."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.passages import UnfitFileError
from screening.stripping import dispatch
from screening.stripping.ods import strip
from tests.screening.build_ods import TRAPS, cell, content, ods, row
from tests.screening.build_opc import png
from tests.screening.strip_checks import LETTERS, NUMBER, by_name, holds, parts, shown
from tests.screening.strip_guards_ods import GUARDS
from tests.screening.traps import SHOWN

# Hiding places with the guards that keep the secret out; without them it goes out.
HIDING = {
    "ods: 隐藏行": "rows",
    "ods: 零高的行": "rows",
    "ods: 收起的分组行": "rows",
    "ods: 筛选掉的行": "rows",
    "ods: 隐藏列": "columns",
    "ods: 重复写的隐藏列": "columns",
    "ods: 隐藏工作表": "sheets",
    "ods: 隐藏工作表的名称": "sheets",
    "ods: 合并掉的单元格": "emptied",
    "ods: 白色文字": "emptied",
    "ods: 和底色同色的文字": "emptied",
    "ods: 一段白色文字": "looks",
    "ods: 隐藏文字": "looks",
    "ods: 极小的文字": "emptied",
    "ods: 保护后不显示的单元格": "emptied",
    "ods: 空的数字格式": "emptied",
    "ods: 批注": "list",
    "ods: 批注的作者": "list",
    "ods: 修订前的单元格": "list",
    "ods: 修订人": "list",
    "ods: 公式": "list values",
    "ods: 单元格的内部值": "list values",
    "ods: 定义的名称": "list",
    "ods: 数据有效性的选项": "list",
    "ods: 数据有效性的提示": "list",
    "ods: 条件格式": "list conditions",
    "ods: 筛选条件": "list",
    "ods: 数据透视表的项": "list",
    "ods: 外部链接的缓存": "sheets",
    "ods: 外部链接的路径": "list",
    "ods: 方案": "list sheets",
    "ods: 替代文字": "list",
    "ods: 图形的名称": "list links",
    "ods: 超链接": "list addresses",
    "ods: 脚本": "list",
    "ods: 宏库": "parts",
    "ods: 表单的默认值": "list",
    "ods: 内嵌的对象": "parts",
    "ods: 内嵌的 OLE 对象": "parts",
    "ods: 图片里的说明": "parts",
    "ods: 缩略图": "parts",
    "ods: 作者": "parts",
    "ods: 自定义属性": "parts",
    "ods: 打印机设置": "parts",
    "ods: 旧版本": "parts",
    "ods: 清单以外的部件": "parts",
    "ods: 不认识的元素": "list",
    "ods: 不认识的属性": "list",
}
# Seen by all who open the file.
SEEN = ["ods: 文本框", "ods: 页眉"]
REFUSED_AFTERWARDS = {"ods: 表单的默认值"}


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
    if name in REFUSED_AFTERWARDS:  # words in a layer that is seen cannot come along
        with pytest.raises(UnfitFileError, match="少了看得见的文字"):
            dispatch.strip(old)
        return

    assert not holds(dispatch.strip(old).data)


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_stays(name: str) -> None:
    assert NUMBER in shown(dispatch.strip(TRAPS[name](NUMBER)).data)


def test_a_cell_repeated_into_a_hidden_column_is_emptied_there_only() -> None:
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    old = ods(row(cell("甲", ' table:number-columns-repeated="3"')), columns=columns)

    content = dict(parts(strip(old).data))["content.xml/"].decode()

    assert content.count("<text:p>甲</text:p>") == 2
    assert content.count('table:number-columns-repeated="1"') == 3


def test_an_area_merged_out_of_a_hidden_column_is_refused() -> None:
    columns = '<table:table-column table:visibility="collapse"/>'
    merged = cell("甲", ' table:number-columns-spanned="2"')

    with pytest.raises(UnfitFileError, match="取消合并"):
        strip(ods(row(merged, "<table:covered-table-cell/>"), columns=columns))


def test_a_value_behind_the_shown_one_goes_when_it_tells_more() -> None:
    inner = f'<table:table-cell office:value-type="float" office:value="{NUMBER}">'
    old = ods(row(f"{inner}<text:p>1.1E+17</text:p></table:table-cell>"))

    new = dispatch.strip(old).data

    assert not holds(new)
    assert "1.1E+17" in shown(new)


def test_a_number_stays_a_number() -> None:
    inner = '<table:table-cell office:value-type="float" office:value="1234.5">'
    old = ods(row(f"{inner}<text:p>1,234.50</text:p></table:table-cell>"))

    assert b'office:value="1234.5"' in dict(parts(dispatch.strip(old).data))["content.xml/"]


def test_a_chart_is_refused() -> None:
    chart = content("").replace(b"office:spreadsheet", b"office:chart")
    frame = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'

    with pytest.raises(UnfitFileError, match="图表"):
        strip(ods(f"<table:shapes>{frame}</table:shapes>", parts={"Object 1/content.xml": chart}))


def test_a_picture_stays_and_says_nothing_more() -> None:
    frame = (
        '<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="Pictures/a.png"/>'
        "</draw:frame>"
    )
    old = ods(f"<table:shapes>{frame}</table:shapes>", parts={"Pictures/a.png": png(NUMBER)})

    new = dispatch.strip(old).data

    assert holds(old)
    assert not holds(new)
    assert b'xlink:href="Pictures/1.png"' in dict(parts(new))["content.xml/"]


@given(st.lists(st.text(LETTERS, max_size=20)))
@settings(max_examples=25, deadline=None)
def test_visible_words_are_the_same_in_the_same_order(values: list[str]) -> None:
    old = ods("".join(row(cell(escape(value))) for value in values))

    assert shown(dispatch.strip(old).data) == shown(old)
