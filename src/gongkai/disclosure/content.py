"""The hash that verdicts are bound to, and the body as it is kept: cleaned when it is written."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import nh3

_TAGS = {
    *("p", "br", "h2", "h3", "h4", "strong", "em", "u", "s", "sup", "sub", "blockquote", "hr"),
    *("ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "a"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 over the content in one spelling: keys in order, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def cleaned(html: str) -> str:
    """A body from the editor without scripts, styles, handlers; links to http and mailto stay."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        strip_comments=True,
        link_rel="noopener noreferrer",
    )
