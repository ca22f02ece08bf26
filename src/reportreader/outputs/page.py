"""The verdict as a page that one would forward to a superior: one file, nothing to load, no script.

Everything that comes from a report is escaped; what is said is said in words, not only in colour.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib import resources
from pathlib import PurePath
from shutil import copyfileobj
from typing import TextIO

from reportreader.batch import Checked, Outcome, title_of
from reportreader.explain import (
    found_text,
    held_count,
    remedy,
    sentence,
    suspect_sentence,
    unseen_tables,
    value_text,
    verdict_sentence,
)
from reportreader.located import CellAt
from reportreader.outputs.page_tables import tables
from reportreader.verdict import Finding, Unreadable, Verdict
from statute.citations import Mark
from statute.reporting.cells import is_number
from statute.reporting.checks import Severity

_FORMATS = {"pdf": "PDF", "docx": "DOCX", "html": "网页", "markdown": "Markdown", "text": "纯文本"}
_MOST_ROWS = 30
_MARKS = (
    '<li><span style="box-shadow:inset 0 0 0 3px var(--red7);background:var(--red1)">20</span>'
    "粗框：只有这一格能解释，附应填的数</li>"
    '<li><span style="outline:2px dashed var(--red7);outline-offset:-3px">20</span>'
    "虚线框：可能的一格</li>"
    '<li><span style="box-shadow:inset 0 0 0 1px var(--red7)">20</span>细框：错误涉及的格</li>'
    '<li><span style="box-shadow:inset 0 0 0 2px var(--amberl)">20</span>黄框：须核实的格</li>'
    "<li><b>✗1</b>　错误的序号　<b>！1</b>　须核实的序号</li>"
)
_GAPS = (
    "<li><b>空</b>　格中没有填　<b>不明</b>　看不清，没有猜　<b>2 或 20</b>　两种读法都可能</li>"
)
_NOTE = (
    "本页由程序按上列规则核对生成，只指出数字之间、数字与文字之间的关系；"
    "原报告没有改动，改不改、怎样改由编制机关决定。空白没有当作 0，看不清的没有猜。"
)


def render(number: int, outcome: Outcome) -> str:
    """One file as an article of the page; its anchors begin with r and its number."""
    pieces = _unreadable(outcome) if isinstance(outcome, Unreadable) else _verdict(outcome, number)
    return f"<article id=r{number}>\n" + "\n".join(pieces) + "\n</article>\n"


def write(checked: Iterable[Checked[str]], out: TextIO, *, several: bool) -> None:
    """The page of one file, or of several under an index of them."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as articles:
        briefs = []
        for one in checked:
            articles.write(one.rendered)
            briefs.append((one.number, one.file, one.title, one.sentence, _state(one)))
        title = "年度报告核对结果" if several else f"{briefs[0][2] or briefs[0][1]} 核对结果"
        out.writelines(_head(title))
        if several:
            out.writelines(_index(briefs))
        articles.seek(0)
        copyfileobj(articles, out)
        out.write(f"<footer class=foot><p>{_NOTE}</p></footer>\n</main>\n</body>\n</html>\n")


@cache
def _style() -> str:
    return resources.files(__package__).joinpath("page.css").read_text(encoding="utf-8")


def _head(title: str) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n"


def _state(one: Checked[str]) -> tuple[str, str]:
    if one.unreadable is not None:
        return "bad", "打不开"
    if one.errors:
        return "bad", f"✗ 错误 {one.errors}"
    if one.warnings:
        return "note", f"！须核实 {one.warnings}"
    return ("good", "✓ 未见错误") if one.whole else ("none", "？ 没有读全")


_Brief = tuple[int, str, str, str, tuple[str, str]]


def _index(briefs: Sequence[_Brief]) -> Iterator[str]:
    bad = sum(state[0] == "bad" for *_, state in briefs)
    partly = sum(state[0] == "none" for *_, state in briefs)
    yield "<p class=kicker>政府信息公开工作年度报告</p>\n<h1>年度报告核对结果</h1>\n"
    yield f"<p class=small>共 {len(briefs)} 份，其中 {bad} 份有错误或打不开，"
    yield f"{partly} 份没有读全。</p>\n"
    yield "<table class=index><thead><tr><th scope=col>文件</th><th scope=col>机关和年度</th>"
    yield "<th scope=col>结论</th><th scope=col>说明</th></tr></thead>\n<tbody>\n"
    for number, file, title, said, (state, word) in briefs:
        yield f'<tr><td><a href="#r{number}">{escape(file)}</a></td><td>{escape(title)}</td>'
        yield f'<td class="state {state}">{word}</td><td>{escape(said)}</td></tr>\n'
    yield "</tbody></table>\n"


def _unreadable(outcome: Unreadable) -> Iterator[str]:
    yield "<p class=kicker>政府信息公开工作年度报告　核对结果</p>"
    yield f"<h1>{escape(PurePath(outcome.file).name)}</h1>"
    yield f'<p class="verdict bad">打不开：{escape(outcome.reason)}</p>'
    yield f"<p class=small>文件：{escape(outcome.file)}</p>"


def _verdict(verdict: Verdict, number: int) -> Iterator[str]:
    prefix = f"r{number}"
    yield from _opening(verdict)
    if verdict.faults:
        yield "<h2>要改正和核实的</h2>\n<ol class=faults>"
        for finding in verdict.faults:
            yield from _fault(finding, verdict, prefix)
        yield "</ol>"
    legend = f"{_MARKS if verdict.faults else ''}{_GAPS}"
    yield f"<h2>还原的表格</h2>\n<ul class=legend aria-label=图例>{legend}</ul>"
    yield from tables(verdict, prefix)
    yield from _open(verdict.open)
    yield from _held(verdict)
    if verdict.messages:
        yield "<h2>读这份文件时注意到的</h2>\n<ul class=plain>"
        yield from (f"<li>{escape(message)}</li>" for message in verdict.messages)
        yield "</ul>"


def _opening(verdict: Verdict) -> Iterator[str]:
    report = verdict.report
    edition = report.reading.figures.edition
    pairs = {
        "文件": report.file,
        "格式": f"{edition} 年版" if edition else "不明",
        "读自": _FORMATS.get(report.reading.format, report.reading.format),
    }
    yield "<header>\n<p class=kicker>政府信息公开工作年度报告　核对结果</p>"
    yield f"<h1>{escape(title_of(report))}政府信息公开工作年度报告</h1>\n<dl class=meta>"
    for name, value in pairs.items():
        yield f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>"
    yield "</dl>\n</header>"
    yield f'<p class="verdict {_tone(verdict)}">{escape(verdict_sentence(verdict))}</p>'
    keys = [one for one in verdict.suspects if one.alone or len(one.explains) > 1]
    if keys:
        yield "<div class=key>"
        yield from (f"<p>{escape(suspect_sentence(one))}</p>" for one in keys)
        yield "</div>"


def _tone(verdict: Verdict) -> str:
    if verdict.errors:
        return "bad"
    if verdict.warnings:
        return "note"
    return "none" if unseen_tables(verdict) else "good"


def _fault(finding: Finding, verdict: Verdict, prefix: str) -> Iterator[str]:
    warn = finding.rule.severity is Severity.WARN
    word = "！须核实" if warn else "✗ 错误"
    practice = "（工作惯例，不是法律规定）" if finding.rule.mark is Mark.PRACTICE else ""
    yield f"<li id={prefix}-f{finding.number}{' class=warn' if warn else ''}>"
    yield f"<h3><span class=tag>{word} {finding.number}</span>{escape(sentence(finding))}</h3>"
    yield "<dl class=pairs>"
    yield f"<dt>怎样改</dt><dd class=fix>{escape(remedy(finding, verdict.suspects))}</dd>"
    yield f"<dt>规则</dt><dd>{finding.rule.id}　{escape(finding.rule.text)}{practice}</dd>"
    yield f"<dt>依据</dt><dd>{escape(finding.source)}</dd>\n</dl>"
    yield from _cells(finding.cells)
    yield "</li>"


def _cells(cells: Sequence[CellAt]) -> Iterator[str]:
    """The cells with their places; noughts in a long sum are only counted."""
    if not cells:
        return
    short = len(cells) <= 8
    shown = [cell for cell in cells if short or not (is_number(cell.value) and cell.value == 0)]
    yield "<table class=cells><thead><tr><th scope=col>涉及的格</th><th scope=col class=n>填写</th>"
    yield "<th scope=col>在文件中的位置</th></tr></thead><tbody>"
    for cell in shown[:_MOST_ROWS]:
        file = f"{escape(cell.file)}，" if cell.file else ""
        yield (
            f"<tr><td>{escape(cell.label)}</td><td class=n>{value_text(cell.value)}</td>"
            f"<td>{file}{escape(found_text(cell.found))}</td></tr>"
        )
    yield "</tbody></table>"
    left = len(shown[_MOST_ROWS:])
    if left:
        yield f"<p class=small>还有 {left} 格没有列出。</p>"
    if len(cells) > len(shown):
        yield f"<p class=small>其余 {len(cells) - len(shown)} 格都是 0。</p>"


def _open(findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return
    grouped: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        key = (finding.rule.id, finding.rule.text, finding.result.note)
        grouped.setdefault(key, []).append(finding)
    yield f"<h2>无法核对的（{len(findings)} 项）</h2>\n<ul class=plain>"
    for (rule, text, note), members in grouped.items():
        labels = list(dict.fromkeys(cell.label for one in members for cell in one.cells))
        where = "、".join(labels[:4]) + (f" 等 {len(labels)} 格" if len(labels) > 4 else "")
        times = f"（{len(members)} 处）" if len(members) > 1 else ""
        yield (
            f"<li><b>{escape(note)}</b>{times}{escape(f'：{where}' if where else '')}"
            f"<br><span class=small>{rule}　{escape(text)}</span></li>"
        )
    yield "</ul>"


def _held(verdict: Verdict) -> Iterator[str]:
    if not verdict.held:
        return
    yield f"<h2>已核对相符的（{held_count(verdict)} 项）</h2>\n<ul class=held>"
    for held in verdict.held:
        note = f"（{held.note}）" if held.note else ""
        yield (
            f"<li><span class=ok>✓</span>{held.rule.id}　{escape(held.rule.text)}："
            f"{held.count} 项{escape(note)}</li>"
        )
    yield "</ul>"
