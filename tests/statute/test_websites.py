"""Tags, codes and footer of government web pages, against the list of law.md; no live site."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from statute.citations import Mark
from statute.websites import (
    PageKind,
    TagFault,
    column_type_text,
    column_types,
    is_government_domain,
    is_pub_date,
    is_site_id_code,
    missing_footer_elements,
    missing_tags,
    optional_tags,
    read_website_rules,
    required_tags,
    tag_faults,
    website_rules,
)

HOME = {"SiteName": "某县人民政府", "SiteDomain": "www.example.gov.cn", "SiteIDCode": "3303270001"}
COLUMN = HOME | {
    "ColumnName": "政策文件",
    "ColumnDescription": "公布县政府及其办公室的文件",
    "ColumnKeywords": "信息公开，政策文件",
    "ColumnType": "政策文件",
}
CONTENT = COLUMN | {
    "ArticleTitle": "某县人民政府关于印发某办法的通知",
    "PubDate": "2026-03-02 09:05",
    "ContentSource": "县政府办公室",
}


def test_a_home_page_carries_three_tags_a_column_seven_and_content_ten() -> None:
    names = {kind: [tag.name for tag in required_tags(kind)] for kind in PageKind}
    assert names[PageKind.HOME] == ["SiteName", "SiteDomain", "SiteIDCode"]
    assert names[PageKind.COLUMN][3:] == [
        "ColumnName",
        "ColumnDescription",
        "ColumnKeywords",
        "ColumnType",
    ]
    assert names[PageKind.CONTENT][7:] == ["ArticleTitle", "PubDate", "ContentSource"]
    assert [len(names[kind]) for kind in PageKind] == [3, 7, 10]


def test_content_may_carry_five_tags_more_some_from_memory() -> None:
    assert {tag.name: tag.mark for tag in optional_tags(PageKind.CONTENT)} == {
        "Keywords": Mark.VERIFIED,
        "Description": Mark.VERIFIED,
        "Author": Mark.MEMORY,
        "Image": Mark.MEMORY,
        "Url": Mark.MEMORY,
    }
    assert optional_tags(PageKind.COLUMN) == ()


@pytest.mark.parametrize(
    ("kind", "tags"),
    [(PageKind.HOME, HOME), (PageKind.COLUMN, COLUMN), (PageKind.CONTENT, CONTENT)],
    ids=["home", "column", "content"],
)
def test_a_complete_page_has_no_fault(kind: PageKind, tags: dict[str, str]) -> None:
    assert missing_tags(kind, tags) == ()
    assert tag_faults(kind, tags, site_id_code="3303270001", published="2026-03-02 09:05") == ()


def test_the_tags_of_a_home_page_do_not_do_for_content() -> None:
    assert [tag.name for tag in missing_tags(PageKind.CONTENT, HOME)] == [
        "ColumnName",
        "ColumnDescription",
        "ColumnKeywords",
        "ColumnType",
        "ArticleTitle",
        "PubDate",
        "ContentSource",
    ]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"ContentSource": " "}, TagFault("ContentSource", "“ContentSource”标签（内容来源）为空")),
        ({"SiteIDCode": "33032700"}, TagFault("SiteIDCode", "网站标识码应为 10 位：33032700")),
        (
            {"SiteIDCode": "3303270002"},
            TagFault("SiteIDCode", "网站标识码与全站不一致：3303270002，应为 3303270001"),
        ),
        (
            {"SiteDomain": "www.example.com"},
            TagFault("SiteDomain", "网站域名应以 .gov.cn 结尾：www.example.com"),
        ),
        (
            {"PubDate": "2026-3-2 9:05"},
            TagFault("PubDate", "发布时间应写作 YYYY-MM-DD HH:MM（24 小时制）：2026-3-2 9:05"),
        ),
        (
            {"PubDate": "2026-03-01 09:05"},
            TagFault(
                "PubDate", "标签的发布时间 2026-03-01 09:05 与页面显示的 2026-03-02 09:05 不一致"
            ),
        ),
    ],
    ids=[
        "a blank tag",
        "a short code",
        "another site's code",
        "a commercial domain",
        "a date without noughts",
        "a date that readers do not see",
    ],
)
def test_a_wrong_tag_is_told_in_words(change: dict[str, str], fault: TagFault) -> None:
    tags = CONTENT | change
    faults = tag_faults(
        PageKind.CONTENT, tags, site_id_code="3303270001", published="2026-03-02 09:05"
    )
    assert faults == (fault,)


def test_a_tag_that_is_not_there_is_missing_rather_than_blank() -> None:
    tags = {name: value for name, value in CONTENT.items() if name not in {"PubDate", "SiteIDCode"}}
    assert tag_faults(PageKind.CONTENT, tags, site_id_code="3303270001") == (
        TagFault("SiteIDCode", "缺少“SiteIDCode”标签（网站标识码）"),
        TagFault("PubDate", "缺少“PubDate”标签（发布时间）"),
    )


def test_without_a_code_or_time_to_compare_only_the_form_counts() -> None:
    assert tag_faults(PageKind.CONTENT, CONTENT | {"SiteIDCode": "bm55000001"}) == ()


@pytest.mark.parametrize(
    ("code", "holds"),
    [
        ("4408030001", True),
        ("3100000087", True),
        ("bm55000001", True),
        ("N000000672", True),
        ("440803001", False),
        ("BM55000001", False),
        ("N00000067", False),
        ("44080300011", False),
        ("４４０８０３０００１", False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_site_code_has_one_of_three_forms(code: str, *, holds: bool) -> None:
    assert is_site_id_code(code) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("2026-03-02 00:00", True),
        ("2026-03-02 23:59", True),
        ("2026-03-02 24:00", False),
        ("2026-02-30 10:00", False),
        ("2026-03-02", False),
        ("2026-03-02 10:00:00", False),
        ("2026/03/02 10:00", False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_publication_time_has_one_form(text: str, *, holds: bool) -> None:
    assert is_pub_date(text) is holds


@pytest.mark.parametrize(
    ("domain", "holds"),
    [
        ("WWW.example.gov.cn", True),
        ("JYJ.example.gov.cn", True),
        ("gov.cn", False),
        ("www.example.gov.cn.com", False),
        ("www.example.org.cn", False),
        ("-a.gov.cn", False),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_government_domain_ends_in_gov_cn(domain: str, *, holds: bool) -> None:
    assert is_government_domain(domain) is holds


def test_column_types_are_read_with_any_separator_and_written_with_semicolons() -> None:
    read = column_types("信息公开，政策文件;政策解读 ；,统计数据")
    assert read == ("信息公开", "政策文件", "政策解读", "统计数据")
    assert column_type_text(read) == "信息公开;政策文件;政策解读;统计数据"


def test_the_list_of_column_types_is_from_memory() -> None:
    rules = website_rules()
    assert rules.column_types_mark is Mark.MEMORY
    assert len(rules.column_types) == 14
    assert "信息公开指南、目录、年报" in rules.column_types


def test_a_footer_shows_seven_things() -> None:
    assert [element.label for element in missing_footer_elements(())] == [
        "党政机关网站标识（事业单位标识）",
        "“我为政府网站找错”监督举报平台入口",
        "网站标识码",
        "网站主办单位及联系方式",
        "ICP备案编号",
        "公安机关备案标识（号）",
        "站点地图",
    ]
    shown = ["conac", "findfault", "site_id_code", "sponsor", "icp", "police"]
    assert [element.id for element in missing_footer_elements(shown)] == ["sitemap"]


def test_data_with_a_tag_twice_are_refused() -> None:
    raw = tomllib.loads(files("statute").joinpath("websites.toml").read_text(encoding="utf-8"))
    raw["tags"].append(raw["tags"][0])
    with pytest.raises(ValueError, match="网页标签重复"):
        read_website_rules(raw)
