"""Working days as the State Council's yearly notices make them, with the notice behind each day.

A calendar is a value: an office adds next year's notice or a local one without a new release.
It does not count periods (statute.deadlines) and never invents a year without being asked.
"""

from statute.calendars.calendar import Calendar, CalendarNotAnnouncedError, Day, DayKind
from statute.calendars.national import national_calendar
from statute.calendars.notices import Notice, NoticeError, SpecialDay, notices_from_toml

__all__ = [
    "Calendar",
    "CalendarNotAnnouncedError",
    "Day",
    "DayKind",
    "Notice",
    "NoticeError",
    "SpecialDay",
    "national_calendar",
    "notices_from_toml",
]
