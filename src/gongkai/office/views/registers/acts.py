"""Acts that may be done to many records at once: each is a verb, called record by record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Version
from gongkai.disclosure.registers import Line
from gongkai.disclosure.services import drafting, publishing
from gongkai.disclosure.stages import Stage
from gongkai.office.forms.fields import NothingForm
from gongkai.office.forms.registers import MomentForm, PublicReasonForm
from gongkai.trail.actors import Actor

Verb = Callable[[Line, Mapping[str, Any], Actor, datetime], object]


@dataclass(frozen=True, slots=True)
class ManyAct:
    """An act on many: its verb, what it asks besides, what it brings about, and the stages in which
    it is due. In other stages the record stays as it is, and the answer says why."""

    name: str
    label: str
    effect: str
    form: type[forms.Form]
    stages: frozenset[Stage]
    call: Verb

    def is_due(self, line: Line) -> bool:
        """Whether the record stands where this act comes next."""
        return line.stage in self.stages or (self.name == "withdraw" and line.record.is_public)


def _version(line: Line) -> Version:
    """The whole version; a line holds a part of it."""
    return Version.objects.select_related("record").get(pk=line.version.pk)


def _submit(line: Line, _said: Mapping[str, Any], by: Actor, at: datetime) -> object:
    return drafting.submit(_version(line), revision=line.record.revision, by=by, at=at)


def _require_first_time(line: Line) -> None:
    """What was taken from the public, or has its moment already, is looked at by itself."""
    if line.stage is Stage.WITHDRAWN:
        raise DisclosureError("已撤回；要恢复公开，请打开它单独办")
    if line.stage is Stage.SCHEDULED:
        raise DisclosureError("已定时发布；要改时间或者马上发布，请打开它先取消定时")


def _publish(line: Line, _said: Mapping[str, Any], by: Actor, at: datetime) -> object:
    _require_first_time(line)
    return publishing.publish(_version(line), by=by, at=at)


def _plan(line: Line, said: Mapping[str, Any], by: Actor, at: datetime) -> object:
    _require_first_time(line)
    return publishing.plan(_version(line), said["moment"], by=by, at=at)


def _withdraw(line: Line, said: Mapping[str, Any], by: Actor, at: datetime) -> object:
    return publishing.withdraw(line.record, reason=said["reason"], by=by, at=at)


ACTS: tuple[ManyAct, ...] = (
    ManyAct(
        "submit",
        "送审",
        "送审以后文稿不能再改，除非退回。缺项目或者有没处理的发现的，不会送出去，会逐条告诉您缺什么。",
        NothingForm,
        frozenset({Stage.DRAFT}),
        _submit,
    ),
    ManyAct(
        "publish",
        "发布",
        "发布以后公众马上能看到。没有通过全部审查的，不会发布（条例第十七条）。",
        NothingForm,
        frozenset({Stage.CLEARED}),
        _publish,
    ),
    ManyAct(
        "plan",
        "定时发布",
        "到时候自动发布；那时再核对一遍，有新的文稿或者内容对不上的，不会发布。",
        MomentForm,
        frozenset({Stage.CLEARED}),
        _plan,
    ),
    ManyAct(
        "withdraw",
        "撤回",
        "撤回以后公众看不到内容，原来的地址上会写明什么时候撤回、为什么。",
        PublicReasonForm,
        frozenset({Stage.PUBLIC}),
        _withdraw,
    ),
)
