"""The command line as people and scripts use it: answers, exit codes, messages in Chinese."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.site.cli import main as cli
from gongkai.site.cli.wording import chinese_error

ROOT = Path(__file__).parents[3]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Runs the command in this process: exit code, stdout, stderr."""
    try:
        code = cli.main(arguments)
    except SystemExit as stopped:
        code = stopped.code if isinstance(stopped.code, int) else 1
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_deadline_prints_the_promised_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "deadline", "2026-02-10", "--days", "20", "--format", "json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert (answer["due"], answer["provisional"]) == ("2026-03-16", False)
    assert len(answer["days"]) == 34
    assert answer["days"][3] == {
        "date": "2026-02-14",
        "counted": 4,
        "reason": "调休上班",
        "notice": "国办发明电〔2025〕7号",
    }
    assert answer["days"][-1]["counted"] == 20


def test_an_explained_deadline_shows_every_day(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "deadline", "2026年9月20日", "--days", "20", "--explain")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "  2026-09-20（周日）  起算日，当日不计入"
    assert "  2026-10-10（周六）  第 10 个工作日  调休上班（国办发明电〔2025〕7号）" in lines
    assert lines[-1] == "到期日 2026-10-23（周五）：20 个工作日，其间 13 天不计"


def test_a_date_that_cannot_be_known_exits_3_and_names_the_year(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys, "deadline", "2026-12-20", "--days", "20", "--format", "json")
    assert code == 3
    assert json.loads(out) == {"due": None, "not_announced": 2027}
    assert "2027" in err


def test_a_date_that_cannot_be_known_prints_no_date_as_text(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys, "deadline", "2026-12-20", "--days", "20")
    assert (code, out) == (3, "")
    assert err.startswith("2027 年的放假安排还没有公布")


def test_a_provisional_date_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("deadline", "2026-12-20", "--days", "20", "--provisional", "--format", "json")
    code, out, _ = run(capsys, *arguments)
    assert code == 0
    assert (json.loads(out)["due"], json.loads(out)["provisional"]) == ("2027-01-18", True)
    _, text, _ = run(capsys, *arguments[:-2])
    assert "暂定" in text


def test_a_notice_file_opens_the_year(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    notice = tmp_path / "2027.toml"
    notice.write_text(
        'year = 2027\n[[notice]]\nnumber = "演示"\nissued_on = 2026-12-01\n'
        'holidays = [{ name = "元旦", days = [{ first = 2027-01-01, last = 2027-01-03 }] }]\n',
        encoding="utf-8",
    )
    arguments = ("deadline", "2026-12-25", "--days", "5", "--notice", str(notice))
    code, out, _ = run(capsys, *arguments)
    assert code == 0
    assert out.startswith("到期日 2027-01-04（周一）：5 个工作日")


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        (
            ("2026-08-05", "--calendar-days", "60"),
            "到期日 2026-10-08（周四）：60 日，末日",
        ),
        (("2026-03-02", "--months", "6"), "到期日 2026-09-02（周三）：6 个月"),
    ],
)
def test_days_and_months_are_counted_and_moved(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], due: str
) -> None:
    code, out, _ = run(capsys, "deadline", *arguments, "--explain")
    assert code == 0
    assert out.splitlines()[-1].startswith(due)


def test_a_moved_deadline_marks_the_days_it_moved_over(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "deadline", "2026-08-05", "--calendar-days", "60", "--explain")
    assert "  2026-10-04（周日）  国庆节放假（国办发明电〔2025〕7号），顺延" in out
    assert "  2026-10-03（周六）  国庆节放假（国办发明电〔2025〕7号）\n" in out


@pytest.mark.parametrize(
    ("arguments", "fen"),
    [
        (("--pieces", "0"), 0),
        (("--pieces", "10"), 0),
        (("--pieces", "11"), 100_00),
        (("--pieces", "30"), 2000_00),
        (("--pieces", "31"), 2200_00),
        (("--pieces", "40"), 4000_00),
        (("--pieces", "41"), 4300_00),
        (("--pieces", "45"), 5500_00),
        (("--pieces", "50"), 7000_00),
        (("--pieces", "51"), 7400_00),
        (("--pieces", "100"), 37000_00),
        (("--pieces", "3", "--before", "29"), 100_00 + 200_00 + 200_00),
        (("--pages", "0"), 0),
        (("--pages", "30"), 0),
        (("--pages", "31"), 10_00),
        (("--pages", "100"), 700_00),
        (("--pages", "101"), 720_00),
        (("--pages", "200"), 2700_00),
        (("--pages", "201"), 2740_00),
        (("--pages", "250"), 4700_00),
        (("--pages", "500"), 14700_00),
    ],
)
def test_a_fee_is_printed_in_fen(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], fen: int
) -> None:
    code, out, _ = run(capsys, "fee", *arguments, "--date", "2026-03-02", "--format", "json")
    answer = json.loads(out)
    assert (code, answer["fen"]) == (0, fen)
    assert sum(band["amount_fen"] for band in answer["bands"]) == fen


def test_a_fee_as_text_lists_the_bands(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "fee", "--pieces", "45")
    assert "第 41 至 45 件：300元/件，1500元" in out
    assert "合计 5500元" in out
    _, none, _ = run(capsys, "fee", "--pieces", "0")
    assert none == "没有申请，不收费。\n"


WRONG_USE = {
    "两种收费同时用": (("fee", "--pieces", "1", "--pages", "2"), "只能选择一种"),
    "两种收费都没有": (("fee",), "须选择按件计收或者按量计收"),
    "负的页数": (("fee", "--pages=-1"), "页数"),
    "施行前的收费": (
        ("fee", "--pages", "50", "--date", "2020-12-31"),
        "2020-12-31 没有施行中的规定",
    ),
    "不是数": (("fee", "--pieces", "三"), "--pieces：应为整数，读到“三”"),
    "没有这个选项": (("fee", "--piece", "3"), "没有这样的参数：--piece 3"),
    "没有这个命令": (("fees",), "没有命令“fees”"),
    "缺起算日": (("deadline",), "缺少：日期"),
    "没有期限": (("deadline", "2026-03-02"), "须给出其一：--days --calendar-days --months"),
    "两个期限": (
        ("deadline", "2026-03-02", "--days", "3", "--months", "4"),
        "--months 不能与 --days 同时使用",
    ),
    "没有这一天": (("deadline", "2026-02-30", "--days", "3"), "没有这一天“2026-02-30”"),
    "日期写法不对": (("deadline", "10/2/2026", "--days", "3"), "日期写法不对“10/2/2026”"),
    "期限为零": (("deadline", "2026-03-02", "--days", "0"), "期限至少为 1"),
    "期限太长": (("deadline", "2026-03-02", "--calendar-days", "99999999999"), "不能计算"),
    "年份太远": (("deadline", "2026-03-02", "--months", "999999"), "不能计算"),
    "没有这种格式": (
        ("deadline", "2026-03-02", "--days", "3", "--format", "yaml"),
        "--format：没有“yaml”",
    ),
    "选项缺取值": (("deadline", "2026-03-02", "--days"), "--days：缺少取值"),
    "没有这种结果": (("outcome", "granted"), "没有这种办理结果：granted"),
    "没有案卷文件": (("clock", "no-such.yaml"), "no-such.yaml：打不开"),
    "没有通知文件": (
        ("deadline", "2026-03-02", "--days", "3", "--notice", "no.toml"),
        "no.toml：打不开",
    ),
}


@pytest.mark.parametrize("name", WRONG_USE)
def test_wrong_use_exits_2_with_one_chinese_line(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    arguments, words = WRONG_USE[name]
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


def test_a_notice_that_contradicts_itself_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    notice = tmp_path / "2027.toml"
    notice.write_text("year = 2027\n", encoding="utf-8")
    code, _, err = run(capsys, "deadline", "2026-03-02", "--days", "3", "--notice", str(notice))
    assert code == 2
    assert err.startswith("2027.toml：至少要有一份")


def test_a_file_that_is_no_text_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = tmp_path / "case.yaml"
    case.write_bytes("事由: 甲".encode("gb18030"))
    code, _, err = run(capsys, "clock", str(case))
    assert code == 2
    assert "不是 UTF-8 文本（第 1 字节）" in err


def test_the_outcomes_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    _, listed, _ = run(capsys, "outcome")
    assert listed.count("\n") == 24
    assert "共 23 种" in listed
    _, shown, _ = run(capsys, "outcome", "unable_not_exist")
    assert "检索" in shown
    assert "年报（2021 格式）：（四）无法提供 1.本机关不掌握相关政府信息" in shown
    _, plain, _ = run(capsys, "outcome", "grant_already_public")
    assert "（一）予以公开" in plain


def test_the_outcomes_are_data_too(capsys: pytest.CaptureFixture[str]) -> None:
    _, one, _ = run(capsys, "outcome", "deny_process", "--format", "json")
    assert json.loads(one)["rows"] == {"2019": "r_deny_6", "2021": "r_deny_6"}
    _, everything, _ = run(capsys, "outcome", "--format", "json")
    assert len(json.loads(everything)) == 23


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_has_help_with_examples(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    code, out, _ = run(capsys, command, "--help")
    assert code == 0
    assert out.startswith("用法：gongkai")
    assert f"示例：\n  gongkai {command}" in out
    assert "show this help" not in out


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_the_command_alone_lists_its_commands(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, out, _ = run(capsys, *arguments)
    assert code == 0
    assert all(f"  {command}" in out for command in cli.COMMANDS)


def test_a_message_already_chinese_stays_as_it_is() -> None:
    assert chinese_error("甲乙丙") == "甲乙丙"
    assert chinese_error("argument --explain: ignored explicit argument '3'") == (
        "--explain 不带取值，读到“3”"
    )


def test_the_installed_command_answers_without_django_or_the_office() -> None:
    script = (
        "import sys; from gongkai.site.cli.main import main; "
        "main(['deadline', '2026-03-02', '--days', '20']); "
        "sys.exit(any(name in sys.modules for name in ('django', 'lxml', 'pdfplumber', 'rich')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "2026-03-30" in done.stdout


def test_the_installed_command_exits_with_the_codes_it_promises() -> None:
    command = [sys.executable, "-c", "from gongkai.site.cli.main import run; run()"]
    for arguments, code in [
        (["deadline", "2026-03-02", "--days", "20"], 0),
        (["deadline", "2026-12-20", "--days", "20"], 3),
        (["deadline"], 2),
    ]:
        done = subprocess.run([*command, *arguments], capture_output=True, check=False)
        assert done.returncode == code


def test_a_reader_that_goes_away_is_no_crash() -> None:
    command = (
        f"{sys.executable} -c 'from gongkai.site.cli.main import run; run()' outcome | head -1"
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
