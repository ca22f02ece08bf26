"""Dates, weekdays and limits in the words of the screen; it formats and never counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.timezone import localtime

_WEEKDAYS = "一二三四五六日"


def weekday(day: date) -> str:
    """星期三."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def short_day(day: date) -> str:
    """3月25日."""
    return f"{day.month}月{day.day}日"


def day_in_words(day: date, today: date | None = None) -> str:
    """3月25日 星期三; the year is named only when it is not this one."""
    year = "" if today is None or day.year == today.year else f"{day.year}年"
    return f"{year}{short_day(day)} {weekday(day)}"


def long_day(day: date) -> str:
    """2026年3月25日, as letters write it."""
    return f"{day.year}年{short_day(day)}"


def span(first: date, last: date) -> str:
    """2月11日至26日, or across months 2月27日至3月6日, or one day alone."""
    if first == last:
        return short_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{short_day(first)}至{last.day}日"
    return f"{short_day(first)}至{short_day(last)}"


def moment(at: datetime) -> str:
    """2026-03-10 09:05 in the time of the office, as tables write it."""
    return localtime(at).strftime("%Y-%m-%d %H:%M")


def near_day(day: date, today: date) -> str:
    """今天/明天/昨天 together with the date, never alone; other days as they are."""
    names = {0: "今天，", 1: "明天，", -1: "昨天，"}
    return f"{names.get((day - today) // timedelta(days=1), '')}{day_in_words(day, today)}"


def count(number: int) -> str:
    """1,204."""
    return f"{number:,}"
