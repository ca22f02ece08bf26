"""`gongkai clock`: case files in Chinese and English, the printed clock, mistakes with a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.site.cli import main as cli
from gongkai.site.cli.case_file import CaseFileError, read_case
from statute.docket import Channel, Event, Service

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "case.yaml"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = cli.main(("clock", *arguments))
    except SystemExit as stopped:
        code = stopped.code if isinstance(stopped.code, int) else 1
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_example_case_is_explained_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, str(EXAMPLE))
    assert code == 0
    assert "收到补正：答复期限自收到补正之日起重新计算" in out
    assert "2026-02-26（周四）  不计  征求第三方意见期间" in out
    assert "2026-04-10  答复于 2026-04-10 交邮，到期日 2026-04-15，按时" in out
    assert out.rstrip().endswith("到期日 2026-04-15（周三）：30 个工作日，其间 34 天不计")


def test_the_example_case_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, str(EXAMPLE), "--on", "2026-04-10", "--format", "json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["due"], answer["stopped_on"], answer["on_time"]) == (
        "2026-04-15",
        "2026-04-10",
        True,
    )
    assert (answer["state"], answer["days_left"], answer["breaches"]) == ("已答复", None, [])
    assert [step["due"] for step in answer["steps"]][:3] == ["2026-03-05", None, "2026-03-16"]


def write(tmp_path: Path, text: str) -> str:
    path = tmp_path / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


RECEIVED = "entries:\n  - {event: receive, channel: in_person, on: 2026-03-02}\n"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-27", "2026-03-27（周五）：还剩 1 个工作日"),
        ("2026-03-30", "2026-03-30（周一）：还剩 0 个工作日"),
        ("2026-04-01", "2026-04-01（周三）：已逾期 2 个工作日"),
    ],
)
def test_what_is_left_on_a_day_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, day: str, words: str
) -> None:
    code, out, _ = run(capsys, write(tmp_path, RECEIVED), "--on", day)
    assert code == 0
    assert words in out
    assert "最晚告知补正 2026-03-11（周三）〔条例第三十条〕" in out


def test_a_case_standing_still_says_whom_it_waits_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = RECEIVED + "  - {event: request_correction, on: 2026-03-04, until: 2026-03-25}\n"
    code, out, _ = run(capsys, write(tmp_path, case), "--on", "2026-03-10")
    assert code == 0
    assert "等待申请人补正" in out
    assert "到期日：期限没有在计算" in out
    assert "2026-03-10（周二）：期限没有在计算" in out


def test_a_delay_of_article_35_shows_the_date_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = (
        RECEIVED
        + "  - {event: ask_reasons, on: 2026-03-05}\n"
        + "  - {event: receive_reasons, on: 2026-03-09}\n"
        + "  - {event: delay, on: 2026-03-10, until: 2026-06-30}\n"
    )
    code, out, _ = run(capsys, write(tmp_path, case))
    assert code == 0
    assert "到期日 2026-06-30（周二）：按告知的延迟答复日期" in out


def test_a_step_that_breaks_a_rule_is_shown_and_exits_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = RECEIVED + "  - {event: extend, on: 2026-03-30, days: 10}\n"
    code, out, _ = run(capsys, write(tmp_path, case))
    assert code == 1
    assert "✗ 没有记载政府信息公开工作机构负责人同意的日期，延期不生效" in out


def test_a_docket_outside_the_workflow_is_said_and_exits_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = run(capsys, write(tmp_path, RECEIVED + "  - {event: archive, on: 2026-03-03}\n"))
    assert code == 1
    assert "案卷不合流程：不能“归档”：答复送达之后才能归档" in out


def test_a_case_that_runs_into_an_unannounced_year_exits_3(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = write(tmp_path, RECEIVED.replace("2026-03-02", "2026-12-20"))
    code, out, _ = run(capsys, case, "--format", "json")
    assert (code, json.loads(out)) == (3, {"due": None, "not_announced": 2027})
    code, out, _ = run(capsys, case, "--provisional", "--format", "json")
    assert (code, json.loads(out)["provisional"]) == (0, True)


def test_a_case_file_reads_the_same_in_both_languages() -> None:
    chinese = (
        "案卷:\n"
        "  - {事件: 收到申请, 日期: 2026-03-02, 渠道: 互联网渠道, 网上确认: 工作人员,"
        " 确认日期: 2026-03-03}\n"
        "  - {事件: 送达, 日期: 2026-03-09, 送达方式: 邮寄}\n"
    )
    english = (
        "entries:\n"
        "  - {event: receive, on: 2026-03-02, channel: web, web: officer,"
        " confirmed_on: 2026-03-03}\n"
        "  - {event: serve, on: 2026-03-09, service: post}\n"
    )
    docket = read_case(chinese, "案卷.yaml").docket
    assert docket == read_case(english, "case.yaml").docket
    assert (docket[0].event, docket[0].channel) == (Event.RECEIVE, Channel.WEB)
    assert docket[1].service is Service.POST


MISTAKES = {
    "空文件": ("", "应有“entries:”"),
    "不是映射": ("- 甲", "应有“entries:”"),
    "没有记录": ("entries: []", "应有“entries:”"),
    "不是 YAML": ("entries: [", "第 1 行不是有效的 YAML"),
    "控制字符": ("entries: \x00", "不是有效的 YAML"),
    "记录不是映射": ("entries:\n  - 收到申请", "第 2 行：每条记录应写成“键: 值”"),
    "拼错的键": (
        "entries:\n  - {event: receive, onn: 2026-03-02}",
        "第 2 行：没有这样的键“onn”，是不是“on”",
    ),
    "拼错的事件": (
        "entries:\n  - event: recieve\n    on: 2026-03-02",
        "第 2 行：event：没有这样的事件“recieve”，是不是“receive”",
    ),
    "不存在的事件": ("entries:\n  - {event: 甲乙, on: 2026-03-02}", "可写：收到申请、"),
    "没有日期": ("entries:\n  - {event: receive}", "第 2 行：每条记录至少要有 event"),
    "日期是文字": (
        "entries:\n  - {event: receive, on: 三月二日}",
        "第 2 行：on：应为日期（如 2026-03-02），读到“三月二日”",
    ),
    "没有这一天": ("entries:\n  - {event: receive, on: 2026-02-30}", "第 2 行：on："),
    "天数是文字": (
        "entries:\n  - {event: extend, on: 2026-03-02, days: 十}",
        "第 2 行：days：应为整数，读到“十”",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_a_case_file_is_named_with_its_line(name: str) -> None:
    text, words = MISTAKES[name]
    with pytest.raises(CaseFileError) as caught:
        read_case(text, "case.yaml")
    assert words in str(caught.value)
    assert str(caught.value).startswith("case.yaml：")


def test_a_case_file_with_a_mistake_exits_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = run(capsys, write(tmp_path, "entries: []"))
    assert (code, out) == (2, "")
    assert err.startswith("case.yaml：")


def test_a_case_that_does_not_begin_with_a_receipt_exits_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, _, err = run(capsys, write(tmp_path, "entries:\n  - {event: search, on: 2026-03-02}\n"))
    assert code == 2
    assert "案卷应以“收到申请”开头" in err
