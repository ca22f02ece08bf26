"""Every event has a Chinese sentence, and reads as one."""

from __future__ import annotations

import re

import pytest

from gongkai.trail import events
from gongkai.trail.events import Event, UnregisteredEventError, find, read, register, registered


def test_every_registered_event_is_a_chinese_sentence_naming_who() -> None:
    assert registered()
    for event in registered():
        assert re.search(r"[\u4e00-\u9fff]", event.sentence), event.name
        assert "{actor}" in event.sentence, event.name
        assert not event.sentence.endswith(("。", ".")), event.name


@pytest.mark.parametrize(
    ("name", "sentence", "fault"),
    [
        pytest.param("created", "{actor}设立{subject}", "应用.动词", id="no app in the name"),
        pytest.param("test.x", "{actor} created {subject}", "中文", id="not Chinese"),
        pytest.param("test.x", "设立{subject}", "actor", id="nobody did it"),
        pytest.param("test.x", "{actor}设立{subject.id}", "占位符", id="reaches into a value"),
        pytest.param("trail.exported", "{actor}另一句{subject}", "重名", id="two sentences"),
    ],
)
def test_a_wrong_event_is_refused(name: str, sentence: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        register(Event(name, sentence))


def test_registering_the_same_event_twice_is_no_mistake() -> None:
    register(find("trail.exported"))


def test_an_event_without_a_sentence_is_refused() -> None:
    with pytest.raises(UnregisteredEventError, match="未登记"):
        find("test.unheard_of")


def test_a_row_of_an_app_no_longer_installed_still_reads() -> None:
    sentence = read("gone.done", actor="李明", subject="某事", facts={}, sealed=frozenset())
    assert sentence == "李明：gone.done（某事）"


def test_sealed_values_read_as_sealed_and_absent_ones_as_a_dash() -> None:
    event = Event("test.told_twice", "{actor}告知{applicant}：{matter}")
    events.register(event)
    sentence = read(event.name, actor="李明", subject="", facts={}, sealed=frozenset({"applicant"}))
    assert sentence == "李明告知（已加密）：—"


def test_braces_in_facts_are_not_read_as_placeholders() -> None:
    event = Event("test.noted", "{actor}记下{note}")
    events.register(event)
    facts = {"note": "{actor.__class__}"}
    assert read(event.name, actor="甲", subject="", facts=facts, sealed=frozenset()).endswith(
        "{actor.__class__}"
    )
