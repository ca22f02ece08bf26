"""政府信息公开指南 as a structure: the nine elements of the law, channels, fees, remedies.

It is kept in `Version.details` and reviewed like everything else; the text of the page is made
from it. What is public, and therefore which channels exist, is told by channels.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from gongkai.agencies.contacts import (
    CONTACT_FIELDS,
    REQUIRED_FIELDS,
    Contact,
    contact_faults,
    label_of,
)
from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, DisclosureOffice
from gongkai.agencies.queries import as_body, supervising_agency
from gongkai.disclosure.detail_elements import Element, Fault, rows, values_of, word
from gongkai.disclosure.details import DetailsError
from gongkai.disclosure.page_elements import heading, listed, paragraphs, prose
from statute.citations import cite
from statute.docket import CHANNEL_LABELS, Channel, WebConfirmation
from statute.remedies import RemedyError, remedy_when_silent
from statute.texts.anchors import anchor, cited

BASIC_SOURCE = cite("channels_2017#基本渠道")
VOLUNTARY_SOURCE = cite("channels_2017#自愿渠道")
_LONG, _SHORT = 2000, 500


class GuideChannel(StrEnum):
    """A way to apply as a guide names it; post is post whether or not it is signed for."""

    IN_PERSON = "in_person"
    POST = "post"
    WEB = "web"
    EMAIL = "email"
    FAX = "fax"

    @property
    def channels(self) -> tuple[Channel, ...]:
        """What it means for the day of receipt."""
        if self is GuideChannel.POST:
            return (Channel.POST_SIGNED, Channel.POST_PLAIN)
        return (Channel(self.value),)

    @property
    def label(self) -> str:
        """In Chinese, as on the page."""
        return "邮政寄送" if self is GuideChannel.POST else CHANNEL_LABELS[self.channels[0]]


# Never refused, for whatever reason (channels_2017#基本渠道).
BASIC = (GuideChannel.IN_PERSON, GuideChannel.POST)
CHANNEL_WORDS = {one.value: one.label for one in GuideChannel}
CONFIRMATION_WORDS = {
    WebConfirmation.SYSTEM.value: "系统回执即为双方确认，提交成功之日为收到申请之日",
    WebConfirmation.OFFICER.value: "由工作机构与申请人确认，双方确认之日为收到申请之日",
}
# What the text of a channel must contain, or nobody could use it.
_ADDRESSES = {
    GuideChannel.WEB: (re.compile(r"https?://[^\s/]+\.\S+"), "网址（http…）"),
    GuideChannel.EMAIL: (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII), "电子邮箱地址"),
    GuideChannel.FAX: (re.compile(r"[0-9]{7,}"), "传真号码"),
}


@dataclass(frozen=True, slots=True)
class OpenChannel:
    """A way to apply and how it is used: address, window, page, number, what to write on it."""

    channel: GuideChannel
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """`confirmation`: what the guide says about the day of receipt of an application on the web.

    `scope` is 主动公开的范围、形式、时限, `notes` 申请注意事项: usual, not demanded.
    """

    contact: Contact
    channels: tuple[OpenChannel, ...]
    fees: str
    remedies: str
    confirmation: WebConfirmation | None = None
    scope: str = ""
    notes: str = ""


_CONTACT = tuple(
    Element(name, label_of(name), prose(_LONG), required=False) for name in CONTACT_FIELDS
)
_REST = (
    Element(
        "channels",
        "申请渠道",
        rows(
            (
                Element("channel", "渠道", word(CHANNEL_WORDS, GuideChannel)),
                Element("text", "怎样提交", prose(_SHORT)),
            ),
            OpenChannel,
        ),
    ),
    Element("fees", "收费标准", prose(_LONG)),
    Element("remedies", "监督和救济渠道", prose(_LONG)),
    Element(
        "confirmation",
        "互联网申请的确认规则",
        word(CONFIRMATION_WORDS, WebConfirmation),
        required=False,
    ),
    Element("scope", "主动公开的范围、形式、时限", prose(_LONG), required=False),
    Element("notes", "申请注意事项", prose(_LONG), required=False),
)


def guide_of(raw: Mapping[str, Any]) -> Guide:
    """The guide that details hold; DetailsError with everything missing or wrong."""
    made, faults = _read(raw)
    if made is None or faults:
        raise DetailsError(faults)
    return made


def guide_faults(raw: Mapping[str, Any]) -> tuple[Fault, ...]:
    """What is missing or wrong, each with its sentence; empty when it may be submitted."""
    return _read(raw)[1]


def _read(raw: Mapping[str, Any]) -> tuple[Guide | None, tuple[Fault, ...]]:
    values, faults = values_of((*_CONTACT, *_REST), raw)
    named = {name for name, _ in faults}
    contact = Contact(**{name: values.pop(name, "") for name in CONTACT_FIELDS})
    missing = tuple((name, text) for name, text in contact_faults(contact).items())
    faults = (*(one for one in missing if one[0] not in named), *faults)
    if faults:
        channels = values.get("channels", ())
        return None, (*faults, *_channel_faults(channels))
    guide = Guide(contact=contact, **values)
    return guide, (*_channel_faults(guide.channels), *_confirmation_faults(guide))


def _channel_faults(channels: tuple[OpenChannel, ...]) -> Iterator[Fault]:
    names = [one.channel for one in channels]
    for basic in BASIC:
        if channels and basic not in names:
            yield "channels", f"指南须写明{basic.label}，任何理由不得拒收（{cited(BASIC_SOURCE)}）"
    for twice in GuideChannel:
        if names.count(twice) > 1:
            yield "channels", f"{twice.label}写了两次"
    for one in channels:
        shape, what = _ADDRESSES.get(one.channel, (None, ""))
        if shape is not None and shape.search(one.text) is None:
            yield "channels", f"{one.channel.label}须写明{what}"


def _confirmation_faults(guide: Guide) -> Iterator[Fault]:
    on_the_web = any(one.channel is GuideChannel.WEB for one in guide.channels)
    if on_the_web and guide.confirmation is None:
        yield "confirmation", "开通互联网渠道的，请写明确认规则，没有写明的按提交成功之日起算"
    if not on_the_web and guide.confirmation is not None:
        yield "confirmation", "没有开通互联网渠道，不填写确认规则"


# --- what a page says, complete or not --------------------------------------------------------


def contact_in(raw: Mapping[str, Any]) -> Contact:
    """The elements of the law as far as details hold them."""
    given = {name: raw.get(name) for name in CONTACT_FIELDS}
    return Contact(**{name: one.strip() for name, one in given.items() if isinstance(one, str)})


def channels_in(raw: Mapping[str, Any]) -> tuple[OpenChannel, ...]:
    """The channels that details name with a text; a guide brought in from elsewhere may have
    none, or hold what cannot be read."""
    given = raw.get("channels")
    found = []
    for row in given if isinstance(given, list) else []:
        name, text = (row.get("channel"), row.get("text")) if isinstance(row, dict) else ("", "")
        if name in CHANNEL_WORDS and isinstance(text, str) and text.strip():
            found.append(OpenChannel(GuideChannel(name), text.strip()))
    return tuple(found)


def confirmation_in(raw: Mapping[str, Any]) -> WebConfirmation | None:
    """What details say about confirming an application on the web; None where they are silent."""
    given = raw.get("confirmation")
    return WebConfirmation(given) if given in CONFIRMATION_WORDS else None


def guide_body(raw: Mapping[str, Any]) -> str:
    """The text of the page, made from its elements; what is missing is left out."""
    confirmation = confirmation_in(raw)
    channels = [f"{one.channel.label}：{one.text}" for one in channels_in(raw)]
    rule = "" if confirmation is None else f"网上提交的，{CONFIRMATION_WORDS[confirmation]}。"
    office = [paragraphs(raw.get(name), label_of(name)) for name in CONTACT_FIELDS[3:]]
    return "".join(
        (
            heading("一、信息的分类、编排和获取"),
            *(paragraphs(raw.get(name), label_of(name)) for name in CONTACT_FIELDS[:3]),
            paragraphs(raw.get("scope"), "主动公开的范围、形式、时限"),
            heading("二、政府信息公开工作机构"),
            *office,
            heading("三、依申请公开"),
            listed(channels),
            paragraphs(rule),
            paragraphs(raw.get("notes"), "申请注意事项"),
            heading("四、收费"),
            paragraphs(raw.get("fees")),
            heading("五、监督和救济"),
            paragraphs(raw.get("remedies")),
            paragraphs("本指南每年至少更新一次。"),
        )
    )


# --- the first draft --------------------------------------------------------------------------


def office_contact(agency: Agency) -> Contact | None:
    """What the body has registered about its disclosure office; None where nothing is."""
    # The relation itself, so that a list of bodies reads all offices at once.
    office: DisclosureOffice | None = getattr(agency, "disclosure_office", None)
    if office is None:
        return None
    return Contact(**{name: getattr(office, name) for name in CONTACT_FIELDS})


def differences(agency: Agency, raw: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the elements in which a guide says otherwise than the body has registered."""
    registered = office_contact(agency)
    if registered is None:
        return ()
    said = asdict(contact_in(raw))
    known = asdict(registered)
    return tuple(label_of(name) for name in REQUIRED_FIELDS if said[name] != known[name])


def first_guide(agency: Agency, on: date) -> dict[str, Any]:
    """Details to start from: what is registered, the channels that always exist, what the law
    says on fees, and who supervises and reviews. A person completes them."""
    contact = office_contact(agency) or Contact()
    return {
        **{name: value for name, value in asdict(contact).items() if value},
        "channels": [
            {"channel": GuideChannel.IN_PERSON.value, "text": _window(contact)},
            {"channel": GuideChannel.POST.value, "text": _post(contact)},
        ],
        "fees": anchor(cite("regulations#42")).text,
        "remedies": _remedies(agency, on),
    }


def _window(contact: Contact) -> str:
    return f"到{contact.address}提交，{contact.hours}" if contact.address else "到工作机构提交"


def _post(contact: Contact) -> str:
    place = f"寄至{contact.address}" if contact.address else "寄至工作机构"
    postcode = f"（邮政编码{contact.postcode}）" if contact.postcode else ""
    return f"{place}{contact.name}{postcode}，信封注明“政府信息公开申请”"


def _remedies(agency: Agency, on: date) -> str:
    supervising = supervising_agency()
    watch = f"政府信息公开主管部门：{supervising.name}。" if supervising else ""
    lines = [anchor(cite("regulations#51")).text, watch]
    try:
        remedy = remedy_when_silent(as_body(agency, on), on)
    except (AgencyError, RemedyError):
        return "\n".join(line for line in lines if line)
    bodies = "或者".join(remedy.review_bodies)
    lines.append(f"行政复议机关：{bodies}；人民法院：{remedy.court}。")
    return "\n".join(line for line in lines if line)
