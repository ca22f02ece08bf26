"""The information processing fee (信息处理费): what a request may cost, band by band, in fen.

Not for deciding whether to charge, which the agency does case by case, nor for payment dates
counted on a calendar, which statute.deadlines does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from statute.citations import Citation, Mark, cite
from statute.dated import Period, in_force_on
from statute.errors import StatuteError


class FeeError(StatuteError):
    """A fee that cannot be worked out: a wrong count, or a way of charging not open here."""


class FeeMode(StrEnum):
    """The two ways of charging; a request is charged by one of them, never by both."""

    PER_PIECE = "piece"
    PER_PAGE = "page"

    @property
    def label(self) -> str:
        """按件计收 or 按量计收."""
        return {"piece": "按件计收", "page": "按量计收"}[self.value]


class FeeStatus(StrEnum):
    """How far the charging of one request has come."""

    NONE = "none"
    NOTICED = "noticed"
    PAID = "paid"
    EXPIRED = "expired"
    REFUNDED = "refunded"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return {
            "none": "未收费",
            "noticed": "已通知，待缴费",
            "paid": "已缴清",
            "expired": "逾期未缴，视为放弃申请",
            "refunded": "已退付",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Band:
    """Units numbered `first` to `last` (None: without end), each at `unit_fen`."""

    first: int
    last: int | None
    unit_fen: int


@dataclass(frozen=True, slots=True)
class Rise:
    """What follows the fixed bands: bands of `width` units, each `step_fen` dearer per unit."""

    width: int
    unit_fen: int
    step_fen: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """A progressive tariff (超额累进): only the units inside a band pay the price of that band.

    Ends either in a band without end or, when `rise` is given, in ever dearer bands.
    """

    unit: str
    bands: tuple[Band, ...]
    source: Citation
    rise: Rise | None = None

    def __post_init__(self) -> None:
        joined = all(
            before.last is not None and after.first == before.last + 1
            for before, after in pairwise(self.bands)
        )
        if not (joined and self.bands[0].first == 1):
            raise ValueError(f"收费档次不衔接：{self.source}")
        if (self.bands[-1].last is None) is not (self.rise is None):
            raise ValueError(f"收费档次的末档与递增档应二选一：{self.source}")

    def bands_upward(self) -> Iterator[Band]:
        """The bands from the first unit on; without end when the tariff rises."""
        yield from self.bands
        last = self.bands[-1].last
        if last is None or self.rise is None:
            return
        first, unit_fen = last + 1, self.rise.unit_fen
        while True:
            yield Band(first, first + self.rise.width - 1, unit_fen)
            first, unit_fen = first + self.rise.width, unit_fen + self.rise.step_fen


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """The two tariffs of one instrument and the time in which it holds."""

    in_force: Period
    source: Citation
    per_piece: Tariff
    per_page: Tariff


# 国办函〔2020〕109号. From the 31st piece on, every ten pieces are 100 yuan dearer, without end.
SCHEDULES: tuple[FeeSchedule, ...] = (
    FeeSchedule(
        in_force=Period(date(2021, 1, 1), None),
        source=cite("processing_fee_2020#施行"),
        per_piece=Tariff(
            unit="件",
            bands=(Band(1, 10, 0), Band(11, 30, 100_00)),
            rise=Rise(width=10, unit_fen=200_00, step_fen=100_00),
            source=cite("processing_fee_2020#按件"),
        ),
        per_page=Tariff(
            unit="页",
            bands=(
                Band(1, 30, 0),
                Band(31, 100, 10_00),
                Band(101, 200, 20_00),
                Band(201, None, 40_00),
            ),
            source=cite("processing_fee_2020#按量"),
        ),
    ),
)


def schedule_on(day: date) -> FeeSchedule:
    """The tariffs in force on a day; NotInForceError before 2021-01-01."""
    return in_force_on(SCHEDULES, day, what="政府信息公开信息处理费收费标准")


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of a notice: units `first` to `last` at `unit_fen` each, `amount_fen` together."""

    first: int
    last: int
    unit_fen: int

    @property
    def amount_fen(self) -> int:
        """The sum of the line in fen."""
        return (self.last - self.first + 1) * self.unit_fen


@dataclass(frozen=True, slots=True)
class PieceBasis:
    """Charging by the piece: what the same applicant asked for before in the same calendar month.

    `before` pieces were counted already, `pieces` are now added (more than one when a request for
    several matters is split, 一事一申请). Every kind of answer counts.
    """

    before: int
    pieces: int = 1

    def __post_init__(self) -> None:
        _check_count(self.before, "本月此前已计件数")
        _check_count(self.pieces, "本次申请件数", at_least=1)


@dataclass(frozen=True, slots=True)
class PageBasis:
    """Charging by the page within one request: one side of a sheet of A4 or smaller is a page.

    Refused where the information was public already and the agency only tells where it stands.
    """

    pages: int
    already_public: bool = False

    def __post_init__(self) -> None:
        _check_count(self.pages, "页数")
        if self.already_public:
            raise FeeError("相关信息已经主动公开、只告知获取方式和途径的，不适用按量计收")


Basis = PieceBasis | PageBasis


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one request may be charged, line by line; the lines of free units are shown too."""

    mode: FeeMode
    unit: str
    lines: tuple[FeeLine, ...]
    source: Citation

    @property
    def amount_fen(self) -> int:
        """The fee in fen; nought means that there is nothing to notify."""
        return sum(line.amount_fen for line in self.lines)


def choose_basis(per_piece: PieceBasis | None, per_page: PageBasis | None) -> Basis:
    """The one way a request is charged; FeeError when both or neither are put forward.

    Source: processing_fee_2020, principle: either way is open, charging twice is not.
    """
    if per_piece is not None and per_page is not None:
        raise FeeError("按件计收与按量计收只能选择一种，同一件申请不得重复计算")
    chosen = per_piece or per_page
    if chosen is None:
        raise FeeError("须选择按件计收或者按量计收")
    return chosen


def assess(basis: Basis, *, on: date) -> Assessment:
    """The fee of one request under the tariffs in force `on` the day of the fee notice.

    Raises NotInForceError before 2021-01-01. Whether to charge at all is the agency's decision
    (regulations#42: only where number or frequency clearly exceed what is reasonable).
    """
    schedule = schedule_on(on)
    if isinstance(basis, PieceBasis):
        tariff, first, last = schedule.per_piece, basis.before + 1, basis.before + basis.pieces
        mode = FeeMode.PER_PIECE
    else:
        tariff, first, last = schedule.per_page, 1, basis.pages
        mode = FeeMode.PER_PAGE
    return Assessment(mode, tariff.unit, _lines(tariff, first, last), tariff.source)


def fee_per_piece(count: int, *, on: date) -> int:
    """Fen for the first `count` pieces of one applicant in one calendar month, together."""
    _check_count(count, "件数")
    return _total(schedule_on(on).per_piece, count)


def price_of_piece(ordinal: int, *, on: date) -> int:
    """Fen for the `ordinal`-th piece (from 1) of one applicant in one calendar month."""
    _check_count(ordinal, "当月第几件", at_least=1)
    (line,) = _lines(schedule_on(on).per_piece, ordinal, ordinal)
    return line.unit_fen


def fee_per_pages(count: int, *, on: date) -> int:
    """Fen for `count` pages within one request."""
    _check_count(count, "页数")
    return _total(schedule_on(on).per_page, count)


def counting_month(day: date) -> Period:
    """The calendar month in which pieces add up: first and last day, both included."""
    first = day.replace(day=1)
    next_first = (first + timedelta(days=31)).replace(day=1)
    return Period(first, next_first - timedelta(days=1))


def yuan(fen: int) -> str:
    """An amount as a notice prints it: 270000 → 2700元, 50 → 0.50元."""
    _check_count(fen, "金额（分）")
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}元" if rest else f"{whole}元"


def _total(tariff: Tariff, count: int) -> int:
    return sum(line.amount_fen for line in _lines(tariff, 1, count))


def _lines(tariff: Tariff, first: int, last: int) -> tuple[FeeLine, ...]:
    """The bands cut to the units `first` to `last`."""
    lines = []
    for band in tariff.bands_upward():
        if band.first > last:
            break
        if band.last is not None and band.last < first:
            continue
        end = last if band.last is None else min(last, band.last)
        lines.append(FeeLine(max(first, band.first), end, band.unit_fen))
    return tuple(lines)


# More pieces or pages than any request has: a slip of the keyboard, not a fee.
_LARGEST_COUNT = 10_000_000


def _check_count(value: int, name: str, *, at_least: int = 0) -> None:
    """Counts come from forms and files, so the type is checked too, not only declared."""
    if type(value) is not int:
        raise FeeError(f"{name}须为整数：{value!r}")
    if value < at_least:
        raise FeeError(f"{name}不能小于 {at_least}：{value}")
    if value > _LARGEST_COUNT:
        raise FeeError(f"{name}过大，请核对：{value}")


class NoticeFact(StrEnum):
    """What a fee notice (收费通知书) must state."""

    BASIS = "basis"
    STANDARD = "standard"
    COUNT = "count"
    AMOUNT = "amount"
    PAYMENT_METHOD = "payment_method"
    PAYMENT_LIMIT = "payment_limit"
    CONSEQUENCE = "consequence"

    @property
    def label(self) -> str:
        """The fact in Chinese, as a form names it."""
        return _NOTICE_LABELS[self]


_NOTICE_LABELS = {
    NoticeFact.BASIS: "收费依据",
    NoticeFact.STANDARD: "收费标准",
    NoticeFact.COUNT: "件数或者页数",
    NoticeFact.AMOUNT: "收费数额",
    NoticeFact.PAYMENT_METHOD: "缴纳方式",
    NoticeFact.PAYMENT_LIMIT: "缴费期限",
    NoticeFact.CONSEQUENCE: "逾期不缴纳的后果",
}


def missing_notice_facts(facts: Mapping[NoticeFact, str]) -> tuple[NoticeFact, ...]:
    """The facts that a notice does not state, or states with nothing but blanks."""
    return tuple(fact for fact in NoticeFact if not facts.get(fact, "").strip())


@dataclass(frozen=True, slots=True)
class FeeRule:
    """One rule about notice, payment or accounts: what it says, where it stands, how sure."""

    text: str
    source: Citation
    mark: Mark = Mark.VERIFIED


@dataclass(frozen=True, slots=True)
class PaymentLimit:
    """Working days to pay, the day of receipt of the notice not counted."""

    working_days: int
    source: Citation


PAYMENT_LIMIT = PaymentLimit(20, cite("processing_fee_2020#缴费"))

NOTICE_IN_TIME = FeeRule(
    "收费通知须在申请处理期限内，按申请人获取信息的途径发出", cite("processing_fee_2020#收费通知")
)
UNPAID_IS_ABANDONED = FeeRule(
    "逾期未缴纳的，视为放弃申请，行政机关不再处理该申请", cite("processing_fee_2020#缴费")
)
# The sentence of the instrument has not been seen: a caller may switch the restart off.
CLOCK_RESTARTS_AFTER_PAYMENT = FeeRule(
    "处理期限从完成缴费次日起重新计算", cite("processing_fee_2020#重新计算"), Mark.MEMORY
)
REMEDY = FeeRule(
    "对收费决定不能单独申请复议或者提起诉讼；缴费期满后可就不再处理行为申请复议或者提起诉讼",
    cite("processing_fee_2020#救济"),
)
# Published on the guide page (as 苏政办函〔2020〕133号 asks): processing_fee_2020#公示.
CHARGES_TO_PUBLISH = ("项目", "标准", "依据", "范围", "对象", "监督举报电话")
# The line of the general public budget the fee is paid into: processing_fee_2020#收入.
REVENUE_ACCOUNT = "103049950 其他缴入国库的行政事业性收费"
# Charging by the page is for what is handed over like this: processing_fee_2020#按量.
PAGE_DELIVERIES = ("纸质件", "电子邮件", "复制电子数据")
