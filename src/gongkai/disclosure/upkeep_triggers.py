"""What the database itself refuses about upkeep: confirmed pages, tasks, reading places, lists.

Conditions are SQL that both databases understand. The services never run into them.
"""

from __future__ import annotations

from gongkai.guards.builders import append_only, immutable, refuse, undeletable
from gongkai.guards.triggers import Trigger, register

_CONFIRMATION = "disclosure_pageconfirmation"
_PLACE = "disclosure_readingplace"
_LIST = "disclosure_handover"
_ITEM = "disclosure_handoveritem"

_LIVE_PAGE = """EXISTS (SELECT 1 FROM disclosure_record AS r WHERE r.id = NEW.record_id
    AND r.live_id = NEW.clearance_id AND r.kind IN ('guide', 'organisation'))"""
_RECEIVES = """EXISTS (SELECT 1 FROM disclosure_readingplace AS p WHERE p.id = NEW.place_id
    AND p.kind IN ('archive', 'library'))"""
_OVERLAPS = """EXISTS (SELECT 1 FROM disclosure_handover AS h WHERE h.place_id = NEW.place_id
    AND h.agency_id = NEW.agency_id
    AND (NEW."since" IS NULL OR h."until" >= NEW."since" OR h.number >= NEW.number))"""
_OF_THE_LIST = """EXISTS (SELECT 1 FROM disclosure_handover AS h
    JOIN disclosure_record AS r ON r.agency_id = h.agency_id
    JOIN disclosure_publicact AS a ON a.record_id = r.id
    JOIN disclosure_clearance AS c ON c.record_id = r.id
    WHERE h.id = NEW.hand_over_id AND h.place_id = NEW.place_id AND r.id = NEW.record_id
    AND a.id = NEW.act_id AND c.id = NEW.clearance_id AND NEW.position <= h.size)"""

TRIGGERS: tuple[Trigger, ...] = (
    *append_only("disclosure_lawchange"),
    *append_only("disclosure_lawchangetask"),
    *append_only("disclosure_reappraisalreminder"),
    *append_only(_CONFIRMATION),
    refuse(
        "disclosure_confirmation_of_what_is_public",
        _CONFIRMATION,
        "INSERT",
        when=f"NOT {_LIVE_PAGE}",
        message="只能核对正在公开的指南和机构页面",
    ),
    *undeletable(_PLACE),
    *immutable(_PLACE, ("agency_id", "kind", "valid_from")),
    refuse(
        "disclosure_place_closed_for_good",
        _PLACE,
        "UPDATE",
        when="OLD.valid_to IS NOT NULL",
        message="已撤销的查阅场所不可更改",
    ),
    *append_only(_LIST),
    refuse(
        "disclosure_hand_over_to_archive_or_library",
        _LIST,
        "INSERT",
        when=f"NOT {_RECEIVES}",
        message="只向国家档案馆、公共图书馆移交",
    ),
    refuse(
        "disclosure_hand_over_after_the_last",
        _LIST,
        "INSERT",
        when=_OVERLAPS,
        message="移交清单须接在上一期以后",
    ),
    *append_only(_ITEM),
    refuse(
        "disclosure_hand_over_item_of_its_list",
        _ITEM,
        "INSERT",
        when=f"NOT {_OF_THE_LIST}",
        message="移交清单只列本机关公开的信息，且不能事后增加",
    ),
)


def register_upkeep_triggers() -> None:
    """Adds them to the one list; called when the app starts."""
    register(*TRIGGERS)
