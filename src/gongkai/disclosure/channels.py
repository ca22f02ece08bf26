"""Which ways to apply a body has on a day: two by law, the others by its public guide.

Not the day of receipt: that is statute.receipt's, which is told what the guide said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from gongkai.agencies.models import Agency
from gongkai.disclosure.guide import GuideChannel, channels_in, confirmation_in
from gongkai.disclosure.kinds import RecordKind
from gongkai.disclosure.models import PublicAct, Version
from gongkai.disclosure.publication_days import start_of
from statute.docket import Channel, WebConfirmation

# In person and by post: never refused (channels_2017#基本渠道). Orally, where writing is hard
# (regulations#29.1). A letter gone astray inside the body came by post.
ALWAYS = (Channel.IN_PERSON, Channel.POST_SIGNED, Channel.POST_PLAIN, Channel.ORAL)
# Opened by the body's own will, in its guide; from then on binding (channels_2017#自愿渠道).
BY_GUIDE = (Channel.WEB, Channel.EMAIL, Channel.FAX)


@dataclass(frozen=True, slots=True)
class Openings:
    """`texts` has the guide's words on each channel it names. `confirmation` is what holds for an
    application on the web, `confirmation_stated` whether the guide says so itself."""

    channels: tuple[Channel, ...]
    texts: Mapping[Channel, str]
    confirmation: WebConfirmation
    confirmation_stated: bool


def channels_of(agency: Agency, on: date) -> tuple[Channel, ...]:
    """The channels that exist for a body on a day."""
    return openings_of(agency, on).channels


def openings_of(agency: Agency, on: date) -> Openings:
    """The channels of a day, how each is used, and the rule of confirmation on the web.

    A channel counts for the whole of a day on which a guide that names it was public at any time,
    and where two guides of one day differ the system's receipt confirms: both for the applicant.
    """
    guides = guides_on(agency, on)
    texts = {
        channel: one.text
        for guide in guides
        for one in channels_in(guide.details)
        for channel in one.channel.channels
    }
    rules = [confirmation_in(guide.details) for guide in guides if _names_the_web(guide)]
    confirmed_by_officers = bool(rules) and set(rules) == {WebConfirmation.OFFICER}
    return Openings(
        channels=(*ALWAYS, *(one for one in BY_GUIDE if one in texts)),
        texts=MappingProxyType(texts),
        # Where the guide is silent the day of submission counts (guiding_case_26#裁判要点).
        confirmation=WebConfirmation.OFFICER if confirmed_by_officers else WebConfirmation.SYSTEM,
        confirmation_stated=bool(rules) and None not in rules,
    )


def guides_on(agency: Agency, on: date) -> tuple[Version, ...]:
    """Texts of the body's guide that were public at some time of a day, the latest last."""
    acts = PublicAct.objects.filter(
        record__agency=agency,
        record__kind=RecordKind.GUIDE,
        at__lt=start_of(on + timedelta(days=1)),
    )
    morning = start_of(on)
    shown: dict[int, list[PublicAct]] = {}
    for act in acts.select_related("clearance__version").order_by("pk"):
        if act.at <= morning:
            shown[act.record_id] = []  # whatever was public before is over by that morning
        shown.setdefault(act.record_id, []).append(act)
    found = sorted((one for those in shown.values() for one in those), key=lambda act: act.pk)
    return tuple(one.clearance.version for one in found if one.clearance is not None)


def _names_the_web(guide: Version) -> bool:
    return any(one.channel is GuideChannel.WEB for one in channels_in(guide.details))
