"""Whatever fields are sent, nothing becomes public: the API takes none that could, and the database
refuses them besides. Of both guards the other one is taken away once.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pytest_django import Settings

from gongkai.disclosure.models import Clearance, PublicAct, Record, Review, Schedule, Version
from tests.gongkai.api.oa import DRAFT, RECORDS, Oa, Reply
from tests.gongkai.disclosure.chain import Chain, public
from tests.gongkai.disclosure.test_nothing_uncleared import drop_guards

CASES = 400


def columns(model: type[Model]) -> set[str]:
    """Names under which Django writes the columns of a model."""
    return {name for one in model._meta.fields for name in (one.name, one.attname)}


MODELS: tuple[type[Model], ...] = (Record, Version, Clearance, PublicAct, Schedule, Review)
ALLOWED = set(DRAFT) | {
    *("category", "theme", "genre", "keywords", "issuers", "doc_no", "changed_on", "effective_on"),
    *("expires_on", "attribute", "attribute_reason", "grounds", "details", "external_no"),
    *("body_format", "submit"),
}
FIELDS = {
    name for model in MODELS for one in model._meta.fields for name in (one.name, one.attname)
}
NAMES = sorted((FIELDS | {"cleared", "is_public", "publish", "status", "state"}) - ALLOWED)
VALUES = st.one_of(
    st.booleans(),
    st.none(),
    st.integers(0, 5),
    st.sampled_from(["2026-03-05", "2026-03-05T09:00:00+08:00", "public", "publish", "standard"]),
    st.uuids().map(str),
    st.just({"live_id": 1, "published_at": "2026-03-05T09:00:00+08:00"}),
    st.just([1]),
)
EXTRAS = st.dictionaries(
    st.sampled_from(NAMES)
    | st.sampled_from(NAMES).map(lambda name: f"record__{name}")
    | st.sampled_from(["record", "live", "version", "fields", "data"]),
    VALUES,
    min_size=1,
    max_size=6,
)


GENERATED = settings(
    max_examples=CASES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def leaked() -> int:
    """Records that are public, or look as if they had been, though nobody reviewed anything."""
    shown = Record.objects.exclude(live=None) | Record.objects.exclude(published_at=None)
    dated = Record.objects.exclude(first_published_on=None)
    return shown.count() + dated.count() + Clearance.objects.count() + PublicAct.objects.count()


def refused_by(reply: Reply, extras: dict[str, Any]) -> bool:
    named = {reply.body["field"], *(one["field"] for one in reply.body["more"])}
    return reply.status == 422 and {name[:80] for name in extras} <= named


def test_no_field_that_is_sent_makes_anything_public(oa: Oa, settings: Settings) -> None:
    settings.GONGKAI_API_PER_MINUTE = 10**9
    address = oa.draft()
    tried: Counter[str] = Counter()

    @given(extras=EXTRAS, change=st.booleans())
    @GENERATED
    @seed(11)
    def sent(extras: dict[str, Any], change: bool) -> None:
        if change:
            reply = oa.ask("PATCH", address, {"title": "改", **extras}, If_Match="1")
        else:
            reply = oa.post(RECORDS, {**DRAFT, "submit": True, **extras})
        tried["PATCH" if change else "POST"] += 1
        assert refused_by(reply, extras), (extras, reply)
        assert leaked() == 0

    sent()
    print(f"requests with fields of their own: {dict(tried)}, fields: {len(NAMES)}, leaks: 0")
    assert Record.objects.count() == 1
    assert sum(tried.values()) >= CASES


def unguarded(address: str, said: dict[str, Any]) -> None:
    """What the API must never be: whatever is sent is written to the record."""
    columns = {one.name for one in Record._meta.fields} | {
        one.attname for one in Record._meta.fields
    }
    changes = {name: value for name, value in said.items() if name in columns}
    Record.objects.filter(public_id=address.rpartition("/")[2]).update(**changes)


def test_an_unguarded_handler_would_leak_and_the_database_alone_holds_it(
    oa: Oa, chain: Chain
) -> None:
    other = public(chain)
    before = leaked()
    address = oa.draft()
    attack = {"live_id": other.live_id, "published_at": "2026-03-20T09:00:00+08:00"}
    # The field guard alone: refused by name.
    assert refused_by(oa.ask("PATCH", address, attack, If_Match="1"), attack)
    # The database alone: an unguarded handler is stopped.
    with pytest.raises(IntegrityError), transaction.atomic():
        unguarded(address, attack)
    assert leaked() == before
    # Neither: it leaks, and the same eye sees it.
    drop_guards()
    unguarded(address, attack)
    assert leaked() == before + 1
    assert oa.get(address).body["public"] is True


def test_every_word_of_the_description_is_no_date_of_ours(oa: Oa) -> None:
    described = oa.get("/api/v1/openapi.json").body["components"]["schemas"]["NewRecord"]
    taken = set(described["properties"])
    assert taken == ALLOWED
    assert taken & {"published_at", "live", "live_id", "first_published_on", "index_no"} == set()
