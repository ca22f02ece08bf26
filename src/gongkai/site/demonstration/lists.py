"""Rows of the lists of old documents, under the heads that an import reads.

Only titles and numbers are data; days are spread over the years they are of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from gongkai.site.demonstration.content import read

Row = dict[str, Any]
_OFFICE = "云政办"
_PUBLIC = "主动公开"
_DAYS_OF_A_YEAR = 340


def earlier_rows() -> Iterator[Row]:
    """Normative documents of the years before, still in force: two on each subject."""
    said = read("brought_in")["earlier"]
    years = range(said["first_year"], said["last_year"] + 1)
    pairs = [(subject, title) for title in said["titles"] for subject in said["subjects"]]
    numbers = dict.fromkeys(years, 0)
    for place, (subject, title) in enumerate(pairs):
        year = years[place * len(years) // len(pairs)]
        numbers[year] += 1
        formed = _workday(date(year, 1, 7) + timedelta(days=numbers[year] * 19))
        text = said["text"].replace("{subject}", subject).strip()
        yield {
            **_normative(title.replace("{subject}", subject), formed, text),
            "发文字号": f"{_OFFICE}发〔{year}〕{numbers[year]}号",
        }


def year_rows() -> Iterator[Row]:
    """What the office made public in 2020."""
    said = read("brought_in")["year"]
    yield from _normative_of(said)
    yield from _interpretations_of(said)
    for number, (title, formed) in enumerate(_spread(said["documents"], said["year"]), 1):
        text = said["document_text"].replace("{title}", title).strip()
        yield {
            **_row("其他文件", title, formed, text),
            "发文字号": f"{_OFFICE}〔{formed.year}〕{number}号",
        }
    yield from _appointments_of(said)
    yield from _procurements_of(said)


def waiting_rows(said: Mapping[str, Any]) -> Iterator[Row]:
    """Documents of one body in a batch that is not through yet."""
    for title, formed in _spread(said["titles"], 2021):
        yield _row(
            "其他文件",
            title,
            formed,
            f"现就{title.removeprefix('关于')}公布如下，请各有关单位和群众知悉。",
        )


def _normative_of(said: Mapping[str, Any]) -> Iterator[Row]:
    named = _spread([title for title, _ in said["normative"]], said["year"])
    for number, (title, formed) in enumerate(named, 1):
        years = said["normative"][number - 1][1]
        text = said["normative_text"].replace("{title}", title).strip()
        yield {
            **_normative(title, formed, text),
            "发文字号": f"{_OFFICE}发〔{formed.year}〕{number}号",
            "有效期至": date(formed.year + years, 12, 31) if years else None,
        }


def _interpretations_of(said: Mapping[str, Any]) -> Iterator[Row]:
    for title, formed in _spread([title for title, _ in said["normative"]], said["year"]):
        text = said["interpretation_text"].replace("{title}", title).strip()
        made = _workday(formed + timedelta(days=4))
        yield _row("政策解读", f"《{title}》政策解读", made, text)


def _appointments_of(said: Mapping[str, Any]) -> Iterator[Row]:
    words = read("county")
    for number, (office, formed) in enumerate(_spread(said["appointments"], said["year"]), 1):
        name = words["surnames"][-number] + words["given"][-number]
        document = f"云政干〔{formed.year}〕{number}号"
        yield {
            **_row("人事任免", f"关于任命{office}的通知", formed, f"任命{name}为{office}。"),
            "发文字号": document,
            "任免文件": document,
            "决定日期": formed,
            "任免人员": f"{name}，{office}，任",
        }


def _procurements_of(said: Mapping[str, Any]) -> Iterator[Row]:
    amounts = dict(said["procurements"])
    for number, (project, formed) in enumerate(_spread(list(amounts), said["year"]), 1):
        text = f"采购项目：{project}。\n成交金额：{amounts[project]}元。"
        yield {
            **_row("政府采购", f"{project}采购结果公告", formed, text),
            "公告种类": "结果",
            "项目名称": project,
            "采购项目编号": f"YXCG{formed.year}-{number:03d}",
            "供应商": f"云溪县某某第{number}商行",
            "金额（元）": amounts[project],
            "决定日期": formed,
            "集中采购": "是",
        }


def _normative(title: str, formed: date, text: str) -> Row:
    return {**_row("行政规范性文件", title, formed, text), "施行日期": formed}


def _row(kind: str, title: str, formed: date, text: str) -> Row:
    return {
        "信息种类": kind,
        "标题": title,
        "公开属性": _PUBLIC,
        "成文日期": formed,
        "首次公开日期": _workday(formed + timedelta(days=3)),
        "正文": text,
    }


def _spread(titles: list[str], year: int) -> Iterator[tuple[str, date]]:
    """Titles with their days, evenly over a year."""
    for place, title in enumerate(titles):
        yield (
            title,
            _workday(date(year, 1, 6) + timedelta(days=place * _DAYS_OF_A_YEAR // len(titles))),
        )


def _workday(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
