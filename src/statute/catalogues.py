"""The standard catalogues (基层政务公开标准目录): 26 fields, columns, what a row must have.

Keeps no catalogue of any agency and joins no row to a publication. Data: catalogues.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from statute.citations import Citation, Mark, cite

COLUMNS_SOURCE = cite("catalogues_2019#目录表")
CHANNELS_SOURCE = cite("catalogues_2019#渠道")
ORDERS_SOURCE = cite("catalogues_2019#次序")
SAMPLES_SOURCE = cite("catalogues_2019#样例")
ELEMENTS_SOURCE = cite("catalogues_2019#编制")

# What a catalogue tells of every matter, at least.
ELEMENTS = ("名称", "内容", "依据", "时限", "主体", "方式", "渠道", "公开对象")
# 五公开: from memory.
STAGES = ("决策", "执行", "管理", "服务", "结果")
STAGES_MARK = Mark.MEMORY
STAGES_SOURCE = cite("catalogues_2019#动态调整")


class Order(StrEnum):
    """The two customary orders of the fields: of the pilots of 2017, and of the ministries."""

    PILOT = "pilot"
    MINISTRY = "ministry"


@dataclass(frozen=True, slots=True)
class Field:
    """One of the 26 fields; `document` and `number` are None where nobody has checked them."""

    id: str
    name: str
    aliases: tuple[str, ...]
    lead: tuple[str, ...]
    document: str | None
    number: str | None
    number_mark: Mark
    issued_on: date | None
    note: str | None
    source: Citation

    def is_called(self, name: str) -> bool:
        """Whether a catalogue of this name belongs to the field, renamed since or not."""
        return name.strip() in (self.name, *self.aliases)


class Values(StrEnum):
    """What may stand in the cells of a column."""

    SEQUENCE = "sequence"  # a number, or a code of digits such as 0505
    TEXT = "text"
    BOXES = "boxes"  # ■ chosen, □ not chosen
    TICK = "tick"  # √
    TICK_AND_TEXT = "tick_and_text"  # √ and who they are
    REQUIRED = "required"  # ● must, 〇 may


CHOSEN, NOT_CHOSEN, TICK, REQUIRED, OPTIONAL = "■", "□", "√", "●", "〇"


@dataclass(frozen=True, slots=True)
class CatalogueColumn:
    """A printed column, the heading above it if it shares one, and other spellings of its label."""

    id: str
    label: str
    group: str | None
    values: Values
    aliases: tuple[str, ...]
    usual: bool


@dataclass(frozen=True, slots=True)
class Channel:
    """Where information is made public; `fields` empty: in any field."""

    name: str
    aliases: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """One row. Audience `to_specific`: None is not ticked, text says who they are.

    `required`: True ●, False 〇, None where the catalogue has no such column.
    """

    seq: str
    item1: str
    item2: str
    content: str
    basis: str
    timing: str
    subject: str
    channels: tuple[str, ...] = ()
    to_public: bool = False
    to_specific: str | None = None
    proactive: bool = False
    on_request: bool = False
    lv_county: bool = False
    lv_town: bool = False
    lv_village: bool = False
    item3: str = ""
    required: bool | None = None


@dataclass(frozen=True, slots=True)
class SampleItem:
    """A row to start from, the field it belongs to, and whether a published page shows it."""

    field: str
    mark: Mark
    item: CatalogueItem


@dataclass(frozen=True, slots=True)
class ItemFault:
    """What is wrong with a row, at which column."""

    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Catalogues:
    """Everything in catalogues.toml, checked."""

    fields: Mapping[str, Field]
    orders: Mapping[Order, tuple[str, ...]]
    ministry_seen: int
    columns: tuple[CatalogueColumn, ...]
    channels: tuple[Channel, ...]
    extra_channels: tuple[Channel, ...]
    samples: tuple[SampleItem, ...]
    local_fields: tuple[str, ...]


@cache
def catalogues() -> Catalogues:
    """The data of this module, read once."""
    return read_catalogues(
        tomllib.loads(files("statute").joinpath("catalogues.toml").read_text(encoding="utf-8"))
    )


def read_catalogues(raw: Mapping[str, Any]) -> Catalogues:
    """The parsed TOML as values; ValueError naming what does not fit."""
    fields = {entry["id"]: _field(entry) for entry in raw["fields"]}
    expected = [f"f{number:02d}" for number in range(1, 27)]
    if sorted(fields) != expected or len(raw["fields"]) != len(expected):
        raise ValueError("领域代码须为 f01 至 f26，各一次")
    orders = {order: tuple(raw["orders"][order]) for order in Order}
    for order, ids in orders.items():
        if sorted(ids) != expected:
            raise ValueError(f"领域次序有遗漏或者重复：{order}")
    return Catalogues(
        fields=fields,
        orders=orders,
        ministry_seen=raw["orders"]["ministry_seen"],
        columns=tuple(_column(entry) for entry in raw["columns"]),
        channels=tuple(_channel(entry) for entry in raw["channels"]),
        extra_channels=tuple(_channel(entry) for entry in raw["extra_channels"]),
        samples=tuple(_sample(entry) for entry in raw["samples"]),
        local_fields=tuple(raw["local"]["extra_fields"]),
    )


def _field(entry: Mapping[str, Any]) -> Field:
    return Field(
        id=entry["id"],
        name=entry["name"],
        aliases=tuple(entry.get("aliases", ())),
        lead=tuple(entry["lead"]),
        document=entry.get("document"),
        number=entry.get("number"),
        number_mark=Mark(entry.get("number_mark", Mark.MEMORY)),
        issued_on=entry.get("issued_on"),
        note=entry.get("note"),
        source=cite(entry["source"]),
    )


def _column(entry: Mapping[str, Any]) -> CatalogueColumn:
    return CatalogueColumn(
        id=entry["id"],
        label=entry["label"],
        group=entry.get("group"),
        values=Values(entry["values"]),
        aliases=tuple(entry.get("aliases", ())),
        usual=entry.get("usual", True),
    )


def _channel(entry: Mapping[str, Any]) -> Channel:
    return Channel(entry["name"], tuple(entry.get("aliases", ())), tuple(entry.get("fields", ())))


def _sample(entry: Mapping[str, Any]) -> SampleItem:
    values = {name: value for name, value in entry.items() if name not in {"field", "mark"}}
    values["channels"] = tuple(values["channels"])
    return SampleItem(entry["field"], Mark(entry["mark"]), CatalogueItem(**values))


def fields_in(order: Order) -> tuple[Field, ...]:
    """The 26 fields in one of the customary orders."""
    data = catalogues()
    return tuple(data.fields[field_id] for field_id in data.orders[order])


def field_called(name: str) -> Field | None:
    """The field a catalogue's name belongs to, by today's or an earlier name."""
    return next((field for field in catalogues().fields.values() if field.is_called(name)), None)


def channels_for(field_id: str) -> tuple[Channel, ...]:
    """The thirteen common channels and the further ones of a field, in printed order.

    A local field has the common ones and those of no particular field.
    """
    data = catalogues()
    own = (entry for entry in data.extra_channels if not entry.fields or field_id in entry.fields)
    *common, other = data.channels
    return (*common, *own, other)


def channel_called(name: str, field_id: str) -> Channel | None:
    """The channel meant by a printed name; 其他：… names what the list does not have."""
    plain = "".join(name.split()).replace("(", "（").replace(")", "）")
    if plain.startswith("其他"):
        return catalogues().channels[-1]
    return next(
        (
            channel
            for channel in channels_for(field_id)
            if plain in (channel.name, *channel.aliases)
        ),
        None,
    )


_NEVER_BLANK = ("item1", "content", "basis", "timing", "subject")
# At least one tick in each of these groups.
_TICKED = {
    "公开对象": ("to_public", "to_specific"),
    "公开方式": ("proactive", "on_request"),
    "公开层级": ("lv_county", "lv_town", "lv_village"),
}


def item_faults(item: CatalogueItem, field_id: str) -> tuple[ItemFault, ...]:
    """What a row lacks before it may be published; empty when it is complete.

    Source: catalogues_2019, elements of a catalogue; the columns as printed.
    """
    labels = {column.id: column.label for column in catalogues().columns}
    faults = [
        ItemFault(name, f"“{labels[name]}”没有填写")
        for name in _NEVER_BLANK
        if not getattr(item, name).strip()
    ]
    if not (item.seq.isascii() and item.seq.isdigit()):
        faults.append(ItemFault("seq", "“序号”须为数字，或者“0505”式的编码"))
    for group, names in _TICKED.items():
        if not any(getattr(item, name) not in (False, None) for name in names):
            faults.append(ItemFault(names[0], f"“{group}”至少选择一项"))
    if item.to_specific is not None and not item.to_specific.strip():
        faults.append(ItemFault("to_specific", "选择了“特定群体”，须写明是哪些人"))
    return (*faults, *_channel_faults(item, field_id))


def _channel_faults(item: CatalogueItem, field_id: str) -> list[ItemFault]:
    if not item.channels:
        return [ItemFault("channels", "“公开渠道和载体”至少选择一项")]
    faults = []
    for name in item.channels:
        channel = channel_called(name, field_id)
        if channel is None:
            faults.append(ItemFault("channels", f"渠道清单中没有“{name}”，可写作“其他：{name}”"))
        elif channel.name == "其他" and not name.strip().removeprefix("其他").strip("：:_ "):
            faults.append(ItemFault("channels", "选择了“其他”渠道，须写明是什么渠道"))
    return faults


_INHERITING = ("item1", "content", "basis", "timing", "subject")


def expanded(items: Sequence[CatalogueItem]) -> tuple[CatalogueItem, ...]:
    """The rows with 同上 replaced by what the row above says; in the first row it stays."""
    rows: list[CatalogueItem] = []
    for item in items:
        above = rows[-1] if rows else item
        taken = {
            name: getattr(above, name)
            for name in _INHERITING
            if getattr(item, name).strip() == "同上"
        }
        rows.append(replace(item, **taken))
    return tuple(rows)


def sample_items() -> tuple[SampleItem, ...]:
    """The rows to start from, 同上 written out."""
    samples = catalogues().samples
    items = expanded([sample.item for sample in samples])
    return tuple(replace(sample, item=item) for sample, item in zip(samples, items, strict=True))
