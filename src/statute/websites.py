"""What a page of a government website must carry: tags, identification code, date form, footer.

Reads no page: tags come in as values. Inspection and its thresholds: statute.website_inspection.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from statute.citations import Mark, cite

TAGS_SOURCE = cite("website_guide_2017#网页标签")
OPTIONAL_TAGS_SOURCE = cite("website_guide_2017#网页标签选填")
PUB_DATE_SOURCE = cite("website_guide_2017#发布时间")
FOOTER_SOURCE = cite("website_guide_2017#底部功能区")
SITE_ID_SOURCE = cite("website_guide_2017#网站标识码")
DOMAIN_SOURCE = cite("website_guide_2017#域名")


class PageKind(StrEnum):
    """Home page, column or list page, content page."""

    HOME = "home"
    COLUMN = "column"
    CONTENT = "content"


class TagFamily(StrEnum):
    """What a tag describes: the site, the column, the single piece of content."""

    SITE = "site"
    COLUMN = "column"
    CONTENT = "content"


_FAMILIES = {
    PageKind.HOME: (TagFamily.SITE,),
    PageKind.COLUMN: (TagFamily.SITE, TagFamily.COLUMN),
    PageKind.CONTENT: (TagFamily.SITE, TagFamily.COLUMN, TagFamily.CONTENT),
}


@dataclass(frozen=True, slots=True)
class PageTag:
    """A `<meta name=…>`: its exact name, what it says in Chinese, whether it must be there."""

    name: str
    family: TagFamily
    required: bool
    says: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class FooterElement:
    """Something the footer of every page must show."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class TagFault:
    """A tag of a page that is missing or wrong, in words for the one who keeps the site."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class WebsiteRules:
    """Everything in websites.toml. `column_types` is an open list, from memory."""

    tags: tuple[PageTag, ...]
    column_types: tuple[str, ...]
    column_types_mark: Mark
    footer: tuple[FooterElement, ...]


@cache
def website_rules() -> WebsiteRules:
    """The data of this module, read once."""
    text = files("statute").joinpath("websites.toml").read_text(encoding="utf-8")
    return read_website_rules(tomllib.loads(text))


def read_website_rules(raw: Mapping[str, Any]) -> WebsiteRules:
    """The parsed TOML as values; ValueError when a tag stands twice."""
    tags = tuple(
        PageTag(
            name=entry["name"],
            family=TagFamily(entry["family"]),
            required=entry["required"],
            says=entry["says"],
            mark=Mark(entry["mark"]),
        )
        for entry in raw["tags"]
    )
    if len({tag.name for tag in tags}) != len(tags):
        raise ValueError("网页标签重复")
    return WebsiteRules(
        tags=tags,
        column_types=tuple(raw["column_types"]["names"]),
        column_types_mark=Mark(raw["column_types"]["mark"]),
        footer=tuple(FooterElement(entry["id"], entry["label"]) for entry in raw["footer"]),
    )


def required_tags(page_kind: PageKind) -> tuple[PageTag, ...]:
    """The tags such a page must carry: 3 on a home page, 7 on a column, 10 on content."""
    return tuple(
        tag for tag in website_rules().tags if tag.required and tag.family in _FAMILIES[page_kind]
    )


def optional_tags(page_kind: PageKind) -> tuple[PageTag, ...]:
    """The tags such a page may carry besides."""
    return tuple(
        tag
        for tag in website_rules().tags
        if not tag.required and tag.family in _FAMILIES[page_kind]
    )


def missing_tags(page_kind: PageKind, tags: Mapping[str, str]) -> tuple[PageTag, ...]:
    """The required tags that a page lacks or leaves blank; names are compared exactly."""
    return tuple(tag for tag in required_tags(page_kind) if not tags.get(tag.name, "").strip())


def tag_faults(
    page_kind: PageKind,
    tags: Mapping[str, str],
    *,
    site_id_code: str | None = None,
    published: str | None = None,
) -> tuple[TagFault, ...]:
    """Everything wrong with the tags of one page.

    `site_id_code` is the code of the whole site, `published` the time readers see on the page;
    both are compared where given. Source: website_guide_2017, page tags.
    """
    faults = [
        TagFault(tag.name, f"缺少“{tag.name}”标签（{tag.says}）")
        if tag.name not in tags
        else TagFault(tag.name, f"“{tag.name}”标签（{tag.says}）为空")
        for tag in missing_tags(page_kind, tags)
    ]
    code = tags.get("SiteIDCode", "").strip()
    if code and not is_site_id_code(code):
        faults.append(TagFault("SiteIDCode", f"网站标识码应为 10 位：{code}"))
    elif code and site_id_code is not None and code != site_id_code:
        faults.append(
            TagFault("SiteIDCode", f"网站标识码与全站不一致：{code}，应为 {site_id_code}")
        )
    domain = tags.get("SiteDomain", "").strip()
    if domain and not is_government_domain(domain):
        faults.append(TagFault("SiteDomain", f"网站域名应以 .gov.cn 结尾：{domain}"))
    if page_kind is PageKind.CONTENT:
        faults += _date_faults(tags.get("PubDate", "").strip(), published)
    return tuple(faults)


def _date_faults(pub_date: str, published: str | None) -> Iterable[TagFault]:
    if not pub_date:
        return
    if not is_pub_date(pub_date):
        yield TagFault("PubDate", f"发布时间应写作 YYYY-MM-DD HH:MM（24 小时制）：{pub_date}")
    elif published is not None and pub_date != published.strip():
        yield TagFault("PubDate", f"标签的发布时间 {pub_date} 与页面显示的 {published} 不一致")


_SITE_ID = re.compile(r"[0-9]{10}|bm[0-9]{8}|N[0-9]{9}")
_PUB_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_GOVERNMENT_DOMAIN = re.compile(rf"(?:{_LABEL}\.){{1,5}}gov\.cn")


def is_site_id_code(code: str) -> bool:
    """网站标识码: ten digits (place and serial number), bm + 8 for ministries, N + 9 for others."""
    return _SITE_ID.fullmatch(code) is not None


def is_pub_date(text: str) -> bool:
    """Whether a text is a real point of time written YYYY-MM-DD HH:MM."""
    if _PUB_DATE.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_government_domain(domain: str) -> bool:
    """www.□□□.gov.cn or ○○○.□□□.gov.cn: the only English suffix a government site may use."""
    return _GOVERNMENT_DOMAIN.fullmatch(domain.lower()) is not None


_TYPE_SEPARATORS = re.compile(r"[;；,，]")


def column_types(text: str) -> tuple[str, ...]:
    """The values of a ColumnType tag; sites separate them by semicolons or commas of any width."""
    parts = (part.strip() for part in _TYPE_SEPARATORS.split(text))
    return tuple(part for part in parts if part)


def column_type_text(types: Iterable[str]) -> str:
    """Values as we write them into the tag: separated by semicolons."""
    return ";".join(types)


def missing_footer_elements(shown: Iterable[str]) -> tuple[FooterElement, ...]:
    """The elements of the footer whose identifiers are not among those shown."""
    present = frozenset(shown)
    return tuple(element for element in website_rules().footer if element.id not in present)
