"""What the page of components shows: the one story of the pictures, computed by statute.

Received 2026-02-10, stopped 02-27 to 03-06, seen on 03-12, due 03-25. Names are fictional.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.http import QueryDict

from gongkai.web.clock_calendar import clock_calendar
from gongkai.web.day_strip import day_strip
from gongkai.web.difference import difference
from gongkai.web.panels import (
    Badge,
    EmptyState,
    Finding,
    Level,
    Link,
    TimelineEntry,
    Tone,
)
from gongkai.web.year_calendar import year_calendar
from statute.calendars import national_calendar
from statute.deadlines import Suspension, working_days

TODAY = date(2026, 3, 12)
RECEIVED = date(2026, 2, 10)
STOP = Suspension(date(2026, 2, 26), date(2026, 3, 6), "征求第三方意见")
SWATCHES = (
    ("blue9", "#0E2A4D", "白字 14.4:1"),
    ("blue7", "#104A8A", "白字 8.9:1　链接、主按钮"),
    ("blue2", "#C9DBF0", "已数的日子"),
    ("blue1", "#E8F0F9", "蓝字 7.7:1"),
    ("paper", "#F5F6F7", "灰字 5.3:1"),
    ("ink", "#1A1D21", "正文 16.9:1"),
    ("red7", "#A31D17", "白字 7.7:1　红线、逾期"),
    ("red1", "#FBECEA", "红字 6.7:1"),
    ("amber1", "#FFF3D6", "褐字 6.7:1　办公端"),
    ("green1", "#E6F3EB", "绿字 6.4:1　办公端"),
    ("focus", "#FFC61A", "焦点环，外加黑线"),
    ("rule", "#868D96", "控件边线 3.4:1"),
)


class SampleForm(forms.Form):
    """Each kind of field once; sent with two faults to show the error summary."""

    identity = forms.CharField(
        label="身份证号",
        help_text="18位，最后一位可能是 X。",
        min_length=18,
        error_messages={"min_length": "少了一位：身份证号是18位，您填了%(show_value)s位"},
    )
    way = forms.ChoiceField(
        label="怎样拿到信息",
        choices=[("file", "电子文件"), ("paper", "纸质文件"), ("see", "当面看")],
        widget=forms.RadioSelect,
        error_messages={"required": "还没有选择怎样拿到信息"},
    )
    year = forms.CharField(label="年份", required=False, help_text="写清年份，找起来更快。")
    agency = forms.ChoiceField(
        label="机关", choices=[("1", "县人民政府办公室"), ("2", "县水利局")], required=False
    )
    wish = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="另一种形式也可以", required=False)


def gallery(query: QueryDict) -> dict[str, Any]:
    """Context of the page of components; `?errors=0` shows the form without faults."""
    faulty = {"identity": "33000000000000000", "agency": "1"}
    form = SampleForm() if query.get("errors") == "0" else SampleForm(faulty)
    story = working_days(RECEIVED, 20, national_calendar(), (STOP,))
    late = working_days(date(2026, 2, 3), 20, national_calendar())
    calendar = national_calendar()
    return {
        "form": form,
        "swatches": SWATCHES,
        "strips": _strips(),
        "story": clock_calendar(
            story, TODAY, calendar, sources=("征求第三方意见　条例第三十三条",)
        ),
        "overdue": clock_calendar(late, TODAY, calendar),
        "year": year_calendar(2026, calendar, TODAY),
        "badges": _badges(),
        "timeline": _timeline(),
        "findings": _findings(),
        "paragraphs": difference(_OLD, _NEW),
        "empty": _empty(),
        "crumbs": [Link("依申请公开", "#"), Link("2026-0008")],
    }


def _strips() -> list[dict[str, Any]]:
    calendar = national_calendar()
    cases = (
        (date(2026, 2, 26), 20, (), "按期在办"),
        (RECEIVED, 20, (STOP,), "征求第三方意见，不计时"),
        (
            date(2026, 3, 2),
            20,
            (Suspension(date(2026, 3, 6), date(2026, 3, 16), "征求意见"),),
            "法定等待",
        ),
        (date(2026, 2, 6), 20, (), "24时前送出或交邮"),
        (date(2026, 2, 3), 20, (), "应当马上办，并说明为什么晚了"),
        (date(2026, 3, 5), 7, (), "补正，第7个工作日为止"),
    )
    return [
        {"strip": day_strip(working_days(start, n, calendar, stops), TODAY, calendar), "note": note}
        for start, n, stops, note in cases
    ]


def _badges() -> list[Badge]:
    return [
        Badge("草稿"),
        Badge("审查中", Tone.ACTIVE),
        Badge("今天到期", Tone.WARN),
        Badge("逾期", Tone.BAD),
        Badge("办结", Tone.GOOD),
    ]


def _timeline() -> list[TimelineEntry]:
    return [
        TimelineEntry(
            date(2026, 3, 10), "区分处理的初步意见", "周科员　单价48处拟不公开", time(15, 20)
        ),
        TimelineEntry(
            date(2026, 3, 6),
            "收到第三方意见，恢复计时",
            "同意公开合同、报告；对清单单价提出异议",
            time(10, 5),
            moves_clock=True,
        ),
        TimelineEntry(
            date(2026, 2, 26),
            "发出征求第三方意见书，停止计时",
            "云府征询〔2026〕2号　条例第三十二条",
            time(16, 40),
            moves_clock=True,
        ),
        TimelineEntry(
            date(2026, 2, 10),
            "收到申请，次日起数",
            "回执已出，申请人已下载",
            time(9, 42),
            moves_clock=True,
        ),
    ]


def _findings() -> list[Finding]:
    acts = (Link("看这一列", "#findings"), Link("写进退回意见", "#findings"))
    return [
        Finding(
            1,
            Level.BLOCKING,
            "公民身份证号 86 个",
            "附件2“名单”表 F2:F87，整列隐藏。86个中86个校验位正确。",
            "条例第十五条",
            acts,
        ),
        Finding(2, Level.OPEN, "文号括号", "“[2021]”应写“〔2021〕”。", "", acts[1:]),
        Finding(3, Level.ANSWERED, "联系电话 0000-0000000", "办公电话，可以公开。陈股长　3月11日"),
    ]


def _empty() -> EmptyState:
    return EmptyState(
        "没有找到“垃圾焚烧厂二期环评”",
        "试试少写几个字，或者换一个说法。也可能这份信息还没有公开：",
        (Link("向县生态环境分局申请这份信息", "#empty"), Link("问问 0000-0000000", "#empty")),
    )


_OLD = """第八条　户外广告设置人应当自收到许可决定之日起60日内完成设置。逾期未设置的，许可失效。
第九条　设置期限届满需要延续的，应当在届满15日前提出。
第十条　县综合行政执法局应当自受理之日起10个工作日内作出决定。"""
_NEW = """第八条　户外广告设置人应当自收到许可决定之日起90日内完成设置。逾期未设置的，许可失效。
第九条　设置期限届满需要延续的，应当在届满30日前提出。
第十条　县综合行政执法局应当自受理之日起10个工作日内作出决定。
第十一条　设置人名单见附件2，按季度更新。"""
