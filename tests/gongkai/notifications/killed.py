"""A worker that sends, in a process of its own, and dies where it is told to.

`python -m tests.gongkai.notifications.killed POINT HOURS` runs the next job as of AT plus so many
hours: POINT is before, after (the handing over) or never. `… work NAME` works until nothing is due.
With `forgetful` as last word the number of attempts without an end is not limited: the fault
that the limit is there to prevent.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta

import django
import pytest


def die() -> None:
    """Gone as by a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def one(patched: pytest.MonkeyPatch, point: str, hours: int) -> None:
    """Runs one job; killed before or after the letter is handed over."""
    from gongkai.jobs.running import run_next
    from gongkai.notifications.channels import Letter, mail
    from gongkai.notifications.configuration import MailServer
    from tests.gongkai.notifications.people import AT

    real = mail.send

    def send(server: MailServer, letter: Letter) -> None:
        if point == "before":
            die()
        real(server, letter)
        if point == "after":
            die()

    patched.setattr(mail, "send", send)
    print(run_next(worker="w", clock=lambda: AT + timedelta(hours=hours)).value)


def work(name: str) -> None:
    """Runs jobs until three times in a row there was nothing to do; how many."""
    from gongkai.jobs.running import Ran, run_next
    from tests.gongkai.notifications.people import AT

    count, idle = 0, 0
    while idle < 3:
        ran = run_next(worker=name, clock=lambda: AT)
        count, idle = (count, idle + 1) if ran is Ran.NOTHING else (count + 1, 0)
    print(count)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "work":
        work(sys.argv[2])
    else:
        with pytest.MonkeyPatch.context() as context:
            if sys.argv[-1] == "forgetful":
                from gongkai.notifications.services import delivering

                context.setattr(delivering, "MOST_WITHOUT_END", 99)
            one(context, sys.argv[1], int(sys.argv[2]))
