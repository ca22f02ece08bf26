"""Things of the upkeep screens: documents, a clean-up, a withheld record, a batch, a place."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.timezone import localdate

from gongkai.agencies.models import Agency
from gongkai.disclosure.models import ImportBatch, ReadingPlace, Relation
from gongkai.disclosure.services.importing import import_batch
from gongkai.disclosure.services.normative import open_cleanup
from gongkai.disclosure.services.places import PlaceFacts, hand_over, register_place
from gongkai.disclosure.services.publishing import relate
from gongkai.trail.actors import SYSTEM
from tests.gongkai.accounts.conftest import Places
from tests.gongkai.disclosure.chain import _ROLES, Chain, person
from tests.gongkai.disclosure.documents import LONG_AGO, cleared, draft_of, morning, normative
from tests.gongkai.disclosure.lists import row, xlsx

_FACTS = PlaceFacts("云溪县图书馆", "溪畔路 3 号", "周二至周日 9:00—17:00", "0570-3012347")

_CLEANUP = ("cleanup", "cleanup_decide")
_REAPPRAISAL = ("reappraisal", "reappraisal_decide")
_PAGE = ("page", "page_draft", "page_edit", "page_confirm")
_BATCH = ("import_batch", "import_seal", "import_secrecy", "import_final", "import_clear")
_PLACE = ("place", "place_change", "place_close", "place_hand_over")


def addresses(places: Places, at: datetime) -> dict[str, dict[str, object]]:
    """Values of the addresses, by route."""
    day = localdate(at) - timedelta(days=10)
    chain = _chain(places.farming)
    document = normative(chain, day, 81, title="农业农村局办法")
    kept = draft_of(
        chain, "document", day, attribute="withheld", attribute_reason="内部管理",
        grounds=["regulations#16.1"],
    )  # fmt: skip
    withheld = cleared(chain, kept, day).record
    cleanup = open_cleanup(places.farming, label="清理", until=day, by=SYSTEM, at=at)
    batch = _batch(places.farming, at)
    place = register_place(places.farming, "library", _FACTS, since=day, by=SYSTEM, at=at)
    page = {"code": places.farming.code, "kind": "guide"}
    return {
        "relation_void": {"relation": _relation(chain, day).pk},
        "import_except": {"pk": batch.pk, "row": 2},
        "hand_over": {"pk": _list(place, places.farming, day, at)},
        "normative_document": {"pk": document.public_id},
        **{name: {"pk": cleanup.pk} for name in _CLEANUP},
        **{name: {"pk": withheld.public_id} for name in _REAPPRAISAL},
        **{name: dict(page) for name in _PAGE},
        **{name: {"pk": batch.pk} for name in _BATCH},
        **{name: {"pk": place.pk} for name in _PLACE},
    }


def _chain(agency: Agency) -> Chain:
    people = {
        name: person(f"upkeep-{name}", *rest, agency, LONG_AGO) for name, rest in _ROLES.items()
    }
    return Chain(agency=agency, **people)


def _relation(chain: Chain, day: date) -> Relation:
    """Of a draft, which its drafter may still take back."""
    earlier = normative(chain, day, 82, title="要废止的办法")
    later = draft_of(chain, "normative", day, title="废止的决定")
    by = chain.actor("drafter")
    return relate(later.record, earlier, "repeals", by=by, at=morning(day))


def _batch(agency: Agency, at: datetime) -> ImportBatch:
    with TemporaryDirectory() as folder:
        path = xlsx(Path(folder, "清单.xlsx"), row())
        return import_batch(
            agency, path, folder=None, label="历年文件", source="旧网站", by=SYSTEM, at=at
        )


def _list(place: ReadingPlace, agency: Agency, day: date, at: datetime) -> int:
    return hand_over(place, agency, until=day, by=SYSTEM, at=at).pk
