"""A figure that is opened: what it says, how it is counted, and the records behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import QueryDict

from gongkai.accounts.standing import Standing
from gongkai.disclosure.models.records import RecordQuerySet
from gongkai.disclosure.registers import behind, bodies_seen
from gongkai.figures.registry import Figure, Scope, UnknownFigureError, Value, find
from gongkai.web.wording import long_day

_OWN = "disclosure."
_FLOW = "期间内第一次公开的算，后来撤回的也算；在别处先公开、后来导入的，按首次公开日期算。"

# How each figure is counted, in words for who reads the list behind it.
COUNTED: dict[str, str] = {
    "normative_made": f"行政规范性文件，{_FLOW}（条例第二十条第一项）",
    "normative_in_force": "到这一天为止公开过、这一天现行有效的行政规范性文件；部分废止的还算有效，"
    "没到施行日期的不算。",
    "normative_ended": "期间内被废止、被替代、宣布失效或者有效期满的行政规范性文件。"
    "作出废止的文件公开以后才算。",
    "public": "这一天晚上公众能看到的全部信息：公开过，而且最近一次没有撤回。",
    "documents": f"“其他文件”这一种，{_FLOW}",
    "appointments": f"人事任免，一份任免文件算一条，{_FLOW}（条例第二十条第二项）",
    "interpretations": f"政策解读，{_FLOW}",
    "interpretations_beyond_text": "期间内公开的解读里，登记了图解、视频、问答等文字以外形式的。",
    "interpretations_share_beyond_text": "非纯文字的解读除以期间内公开的全部解读，保留一位小数。"
    "下面列出的是非纯文字的那些。",
    "interpretations_owed": "应当解读而没有一份公开的解读的文件：政府和政府办公室的行政规范性文件，"
    "部门涉及公众切身利益的文件；已经失效的、从别处导入的不算。",
    "procurements": f"采购的结果公告；随后的合同公告不重复算。{_FLOW}（条例第二十条第九项）",
    "procurement_amount": "下面这些采购结果的金额相加，由分换算成万元，不四舍五入。",
    "central_procurements": f"采购结果里属于集中采购的。{_FLOW}",
    "central_procurement_amount": "下面这些集中采购结果的金额相加，由分换算成万元，不四舍五入。",
    "overdue": "应当主动公开、到这一天期限已过、还一次都没有公开的信息"
    "（条例第二十六条：二十个工作日；有专门规定的按专门规定）。",
    "published_late": "期间内公开，但公开那天期限已经过了的信息。从别处导入的不算。",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure as it was asked for: its value, its period in words, how it is counted. `cut`: the
    address named bodies whose records the asker may not see, and they are left out."""

    figure: Figure
    scope: Scope
    value: Value
    how: str
    cut: bool

    @property
    def words(self) -> str:
        """The value with its unit: 28 件."""
        number = f"{self.value:,}" if isinstance(self.value, int) else _plain(self.value)
        return f"{number} {self.figure.unit}"

    @property
    def period(self) -> str:
        """The days that were asked for."""
        scope = self.scope
        if scope.as_of is not None:
            return f"截至{long_day(scope.as_of)}"
        since = f"{long_day(scope.since)}起" if scope.since else ""
        until = f"{long_day(scope.until)}止" if scope.until else ""
        return f"{since}{until}" or "不限日期"

    def rows(self) -> RecordQuerySet:
        """The records behind it."""
        return behind(self.figure.listing(self.scope))


def _plain(value: Decimal) -> str:
    """Thousands with commas, no zeros behind that say nothing: 271.53."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def asked_figure(query: QueryDict, who: Standing) -> Asked | None:
    """The figure that an address names, for the bodies that the asker may see; None where it names
    none. UnknownFigureError: there is no such figure of records."""
    name = query.get("figure", "")
    if not name:
        return None
    short = name.removeprefix(_OWN)
    if not name.startswith(_OWN) or short not in COUNTED:
        raise UnknownFigureError(name)
    figure = find(name)
    wanted = frozenset(int(one) for one in query.getlist("agency") if one.isdecimal())
    seen = bodies_seen(who)
    bodies = (wanted or None) if seen is None else (wanted & seen if wanted else seen)
    scope = Scope(bodies, *(_day(query.get(word, "")) for word in ("since", "until", "as_of")))
    cut = seen is not None and not wanted <= seen
    return Asked(figure, scope, figure.query(scope), COUNTED[short], cut)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
