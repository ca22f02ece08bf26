"""Checks files one after another or side by side: in order, in bounded memory, whatever one of
them does.

It neither finds the files nor prints; how a verdict is rendered is handed in.
"""

from __future__ import annotations

import logging
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from reportreader.errors import UnreadableError
from reportreader.fronts import limits, open_document
from reportreader.located import Report
from reportreader.parts import parts_of
from reportreader.read import read_document
from reportreader.verdict import Comparison, Unreadable, Verdict, judge

logger = logging.getLogger(__name__)
logger.addHandler(logging.NullHandler())  # shown to whoever listens, not to the clerk
_CHUNK = 16  # files handed to a worker at a time: reading one takes milliseconds
_AHEAD = 4  # chunks for each worker that may be under way, so that memory stays flat
_KILLED = "读取时程序被终止，文件可能过大或已损坏"

Outcome = Verdict | Unreadable
Rendered = TypeVar("Rendered")
Task = TypeVar("Task")
Done = TypeVar("Done")
Render = Callable[[int, Outcome], Rendered]


@dataclass(frozen=True, slots=True)
class Checked(Generic[Rendered]):
    """A file that was checked, in brief, with what the chosen output made of it.

    `unreadable` is the reason why it could not be opened, None when it could; `whole` says that
    all three tables were seen.
    """

    number: int
    file: str
    title: str
    sentence: str
    errors: int
    warnings: int
    unreadable: str | None
    whole: bool
    messages: tuple[str, ...]
    rendered: Rendered


def open_report(path: Path) -> Report:
    """The report in this file; UnreadableError, one Chinese line, when it cannot be opened."""
    document = open_document(limits.read_file(path), path.name)
    return Report(str(path), read_document(document), parts_of(document))


def open_or_refuse(path: Path) -> Report | Unreadable:
    """The report, or why it cannot be opened; whatever happens in the reader stays in this file."""
    try:
        return open_report(path)
    except UnreadableError as error:
        return Unreadable(str(path), error.reason)
    except Exception as error:
        # A defect of the reader on one file must not cost the other ten thousand.
        logger.exception("the reader failed on %s", path)
        return Unreadable(
            str(path), f"读取时程序出错（{type(error).__name__}），请将文件报告给开发者"
        )


def check_file(path: Path, comparison: Comparison) -> Outcome:
    """The verdict on a file, or why it could not be opened."""
    report = open_or_refuse(path)
    if isinstance(report, Unreadable):
        return report
    return judge(report, comparison)


def check_files(
    paths: Iterable[Path],
    render: Render[Rendered],
    *,
    jobs: int = 1,
    comparison: Comparison | None = None,
) -> Iterator[Checked[Rendered]]:
    """Verdicts on all files, in their order, each rendered where it was made.

    `render` takes the place in the batch, from 1, and the outcome; with more jobs than one it must
    be a function of a module.
    """
    work = partial(_checked, render=render, comparison=comparison or Comparison())
    refuse = partial(_refused, render=render)
    return in_order(enumerate(paths, 1), work, refuse, jobs=jobs)


def open_files(paths: Iterable[Path], *, jobs: int = 1) -> Iterator[Report | Unreadable]:
    """All reports, in their order, or why one cannot be opened."""
    return in_order(paths, open_or_refuse, _killed, jobs=jobs)


def _checked(
    task: tuple[int, Path], *, render: Render[Rendered], comparison: Comparison
) -> Checked[Rendered]:
    number, path = task
    return _brief(number, check_file(path, comparison), render)


def _refused(task: tuple[int, Path], *, render: Render[Rendered]) -> Checked[Rendered]:
    number, path = task
    return _brief(number, _killed(path), render)


def _killed(path: Path) -> Unreadable:
    return Unreadable(str(path), _KILLED)


def _brief(number: int, outcome: Outcome, render: Render[Rendered]) -> Checked[Rendered]:
    from reportreader.explain import unseen_tables, verdict_sentence

    rendered = render(number, outcome)
    if isinstance(outcome, Unreadable):
        return Checked(
            number=number,
            file=outcome.file,
            title="",
            sentence=f"打不开：{outcome.reason}",
            errors=0,
            warnings=0,
            unreadable=outcome.reason,
            whole=False,
            messages=(),
            rendered=rendered,
        )
    return Checked(
        number=number,
        file=outcome.report.file,
        title=title_of(outcome.report),
        sentence=verdict_sentence(outcome),
        errors=len(outcome.errors),
        warnings=len(outcome.warnings),
        unreadable=None,
        whole=not unseen_tables(outcome),
        messages=outcome.messages,
        rendered=rendered,
    )


def title_of(report: Report) -> str:
    """Whose report it is and of which year, as far as the file says."""
    figures = report.reading.figures
    agency = figures.agency or "（机关不明）"
    year = f"{figures.year}年" if figures.year else "（年度不明）"
    return f"{agency}{year}"


def in_order(
    tasks: Iterable[Task],
    work: Callable[[Task], Done],
    refuse: Callable[[Task], Done],
    *,
    jobs: int,
) -> Iterator[Done]:
    """`work` on every task, by `jobs` processes, results in the order of the tasks.

    Only a few tasks are under way at a time. A task that kills its process is answered by `refuse`;
    those that shared the process are done again.
    """
    if jobs <= 1:
        yield from map(work, tasks)
        return
    left, again = _chunks(tasks), deque[list[Task]]()
    pending: deque[tuple[list[Task], Future[list[Done]]]] = deque()
    run = partial(_work_on, work)
    pool = _pool(jobs)
    try:
        while True:
            try:
                while len(pending) < jobs * _AHEAD and (chunk := _next(again, left)):
                    again.appendleft(chunk)  # it stays there if the pool breaks just now
                    pending.append((chunk, pool.submit(run, chunk)))
                    again.popleft()
                if not pending:
                    return
                done = pending[0][1].result()
                pending.popleft()
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(jobs)
                first = pending.popleft()[0] if pending else []
                again.extendleft(chunk for chunk, _ in reversed(pending))
                pending.clear()
                done = list(_one_by_one(first, work, refuse))
            yield from done
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Forking a process that has threads (a progress bar) may hang; a server forks clean ones.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("forkserver"))


def _chunks(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    source = iter(tasks)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk


def _next(again: deque[list[Task]], left: Iterator[list[Task]]) -> list[Task]:
    return again.popleft() if again else next(left, [])


def _work_on(work: Callable[[Task], Done], tasks: list[Task]) -> list[Done]:
    return [work(task) for task in tasks]


def _one_by_one(
    tasks: list[Task], work: Callable[[Task], Done], refuse: Callable[[Task], Done]
) -> Iterator[Done]:
    """Task by task in a process which it may kill; the next one then gets another."""
    pool = _pool(1)
    try:
        for task in tasks:
            try:
                yield pool.submit(work, task).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = _pool(1)
                yield refuse(task)
    finally:
        pool.shutdown(cancel_futures=True)
