"""Blackens words on every page of a 200-page PDF in a confined child: seconds a page, memory.

Run by hand: python -m benchmarks redact_pages. It draws its own file and keeps none.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from screening.limits import MIB
from screening.redaction.instructions import Mark, ordered
from screening.sandbox import Limits, run_measured

PAGES = 200
_NUMBER = "110101190001010011"
_LINE = "为了保障公民、法人和其他组织依法获取政府信息，提高政府工作的透明度。"
_PATIENT = Limits(cpu_seconds=300, wall_seconds=600.0)


def run() -> Iterator[str]:
    """Figures as sentences."""
    data = _file()
    found = run_measured("find_text", data, limits=_PATIENT, words=(_NUMBER,))
    yield f"找出{len(found.value)}处：{found.cpu_seconds / PAGES:.3f} s/页"
    for touched in (20, PAGES):
        marks = tuple(
            Mark(place.page, box, "g")
            for place in found.value
            for box in place.boxes
            if place.page <= touched
        )
        done = run_measured(
            "redact",
            data,
            limits=_PATIENT,
            instructions=ordered(marks, keep_elsewhere=True),
        )
        if done.error is not None:
            raise done.error
        yield (
            f"{PAGES} 页中涂黑 {touched} 页：{done.cpu_seconds:.1f} s，"
            f"{done.cpu_seconds / PAGES:.3f} s/页，内存峰值 {done.peak_bytes // MIB} MiB，"
            f"结果 {len(done.value.data) / MIB:.1f} MiB"
        )


def _file() -> bytes:
    """Pages full of text, each with the number once."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in range(PAGES):
        canvas.setFont("STSong-Light", 14)
        for line in range(22):
            canvas.drawString(80, 760 - 29 * line, _LINE)
        canvas.drawString(80, 90, f"第{page + 1}页 号码{_NUMBER}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
