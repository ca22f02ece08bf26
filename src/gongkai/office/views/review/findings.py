"""What checks found in a version and its files, as the reviewer reads it, and as it is written into
the reason of a return. It decides nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from urllib.parse import urlencode

from django.urls import reverse

from gongkai.disclosure.attachments import Attachment, attachments_of
from gongkai.disclosure.models import Version
from gongkai.disclosure.services.entitlement import LONGEST_REASON
from gongkai.disclosure.text_findings import TextFinding, text_findings
from gongkai.web.panels import Finding, Level, Link
from gongkai.web.wording import moment
from screening.findings.finding import Severity
from statute.texts.anchors import cited

EVERY = "every"


def panel(
    version: Version, found: Sequence[TextFinding], files: Sequence[Attachment], *, returns: bool
) -> tuple[Finding, ...]:
    """The findings by number, what blocks first; `returns`: with the way into the reason."""
    shown = [one for one in found if one.severity is not Severity.HINT]
    shown.sort(key=lambda one: (not one.open, one.severity is not Severity.MUST))
    drawn = [_in_words(at, one, version, returns=returns) for at, one in enumerate(shown, 1)]
    obstacles = [sentence for one in files for sentence in one.obstacles]
    for at, sentence in enumerate(obstacles, len(drawn) + 1):
        acts = (_into_reason(version, sentence_id(sentence)),) if returns else ()
        drawn.append(Finding(at, Level.BLOCKING, "附件还不能公开", f"{sentence}。", acts=acts))
    return tuple(drawn)


def hints(found: Sequence[TextFinding]) -> list[str]:
    """What is only pointed out."""
    return [_sentence(one) for one in found if one.severity is Severity.HINT]


def reason_from(version: Version, chosen: Collection[str]) -> str:
    """The sentences of the chosen findings, as many as a reason holds; the others are counted."""
    if not chosen:
        return ""
    said = [(one.id, _sentence(one)) for one in text_findings(version) if one.open]
    for attachment in attachments_of(version):
        said += [(sentence_id(one), one) for one in attachment.obstacles]
    wanted = [words for key, words in said if EVERY in chosen or key in chosen]
    return _fitting(wanted)


def sentence_id(sentence: str) -> str:
    """A sentence about a file, named in an address without its words."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]


def _fitting(sentences: Sequence[str]) -> str:
    room, kept = LONGEST_REASON - 20, list[str]()
    for at, one in enumerate(sentences):
        room -= len(one) + 1
        if room < 0:
            return "；".join([*kept, f"另有{len(sentences) - at}处，请逐处处理"])
        kept.append(one)
    return "；".join(kept)


def _in_words(number: int, one: TextFinding, version: Version, *, returns: bool) -> Finding:
    level, where = Level.ANSWERED, f"{one.label}{one.where}：“{one.masked}”。"
    if one.open:
        level = Level.BLOCKING if one.severity is Severity.MUST else Level.OPEN
        where = f"{where}{one.suggestion.rstrip('。')}。"
    if one.decision is not None:
        decided = one.decision
        where = f"{where} {decided.by_name} {moment(decided.at)}：{decided.reason}。"
    acts = (_into_reason(version, one.id),) if returns and one.open else ()
    rule = "" if one.rule is None else cited(one.rule)
    return Finding(number, level, one.says or one.kind.label, where, rule, acts)


def _sentence(one: TextFinding) -> str:
    place = f"{one.label}{one.where}"
    return f"{place}：{one.says or one.kind.label}（{one.masked}），{one.suggestion}".rstrip("，。")


def _into_reason(version: Version, key: str) -> Link:
    """The way to the return form with the finding in its reason, bound to this draft."""
    url = reverse("office:review_return", args=[version.record.public_id])
    query = urlencode({"finding": key, "digest": version.content_hash})
    return Link("写进退回意见", f"{url}?{query}")
