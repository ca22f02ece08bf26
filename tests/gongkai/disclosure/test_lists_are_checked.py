"""Every fault of a list is told with its place, and looking for them changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from gongkai.disclosure.imports.checking import Report, examine
from gongkai.disclosure.imports.columns import COLUMNS, HEADS
from gongkai.disclosure.services import drafting
from tests.gongkai.disclosure.chain import AT, Chain, staffed
from tests.gongkai.disclosure.lists import HEADS as SHORT
from tests.gongkai.disclosure.lists import row, xlsx

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 12)
EVERY = tuple(one.head for one in COLUMNS)


@pytest.fixture
def chain() -> Chain:
    return staffed()


def looked_at(
    chain: Chain,
    path: Path,
    *rows: list[Any],
    heads: tuple[str, ...] = EVERY,
    folder: Path | None = None,
) -> Report:
    xlsx(path / "清单.xlsx", *rows, heads=heads)
    return examine(path / "清单.xlsx", folder=folder, agency=chain.agency, today=TODAY)


def told(report: Report) -> list[str]:
    return [one.text for one in report.faults]


def contents() -> dict[str, list[str]]:
    """Every row of every table."""
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for model in apps.get_models()
    }


def test_a_good_list_has_no_faults_and_its_rows_are_what_they_say(
    chain: Chain, tmp_path: Path
) -> None:
    report = looked_at(chain, tmp_path, row(EVERY, 发文字号="云政办〔2019〕6号", 关键词="供水"))
    assert told(report) == []
    assert report.notices == ()
    (one,) = report.rows
    assert (one.number, one.kind, one.first_published_on) == (2, "document", date(2019, 3, 8))
    assert one.content == {
        "title": "云溪县农村供水工程管护办法",
        "attribute": "proactive",
        "formed_on": date(2019, 3, 5),
        "doc_no": "云政办〔2019〕6号",
        "body": "<p>管护经费由受益户分担。</p>",
        "keywords": "供水",
        "category": "p20_15",
        "details": {},
    }


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"信息种类": "文件"}, "“信息种类”（A列）：没有这种信息种类“文件”，是否“其他文件”"),
        ({"信息种类": None}, "“信息种类”（A列）：请填写"),
        ({"标题": None}, "“标题”（B列）：请填写"),
        ({"标题": "长" * 301}, "“标题”（B列）：超过300字（现有301字）"),
        (
            {"标题": "关于11010519491231002X的批复"},
            "“标题”（B列）：中有居民身份证号码，须先删去或者遮去",
        ),
        ({"公开属性": None}, "“公开属性”（C列）：请填写"),
        (
            {"公开属性": "内部"},
            "“公开属性”（C列）：应为主动公开、依申请公开、不予公开之一，读到“内部”",
        ),
        (
            {"公开属性": "依申请公开", "首次公开日期": None},
            "“公开属性”（C列）：选择依申请公开，须说明理由",
        ),
        (
            {"公开属性": "不予公开", "首次公开日期": None, "属性的理由": "过程性信息"},
            "“公开属性”（C列）：选择不予公开，须注明条例第十四条、第十五条、第十六条中的依据",
        ),
        (
            {"公开属性": "依申请公开", "属性的理由": "内部管理"},
            "“首次公开日期”（E列）：公开属性是依申请公开，不应有首次公开日期",
        ),
        ({"成文日期": "2019-2-30"}, "“成文日期”（D列）：没有这一天“2019-2-30”"),
        (
            {"成文日期": "2026-3-13", "首次公开日期": None},
            "“成文日期”（D列）：晚于今天：2026年3月13日",
        ),
        ({"首次公开日期": "2019年3月4日"}, "“首次公开日期”（E列）：早于成文日期"),
        (
            {"发文字号": "云政办[2019]6号"},
            "“发文字号”（H列）：年份应使用六角括号〔〕，应为“云政办〔2019〕6号”",
        ),
        ({"统一编号": "HCSD01-2019-0006"}, "“统一编号”（G列）：只有行政规范性文件有统一编号"),
        ({"法定类目": "p99"}, "“法定类目”（I列）：没有这一法定类目“p99”"),
        ({"正文": None}, "“正文”（K列）：请写正文，或者附上文件"),
        ({"附件": "通知.pdf"}, "“附件”（L列）：没有指定附件文件夹，找不到“通知.pdf”"),
        ({"施行日期": "2019-4-1", "有效期至": "2019-3-31"}, "“有效期至”（R列）：早于施行日期"),
        (
            {"依据": "条例第十条"},
            "“依据”（T列）：不是条例第十四条、第十五条、第十六条的条款：条例第十条",
        ),
        ({"供应商": "甲公司"}, "“供应商”（X列）：“其他文件”没有这一要素"),
        ({"标题": "=A1"}, "“标题”（B列）：是公式，请改为数值或者文字（选择性粘贴为数值）"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_sheet_row_column_and_what_to_do(
    chain: Chain, tmp_path: Path, changes: dict[str, Any], fault: str
) -> None:
    found = told(looked_at(chain, tmp_path, row(EVERY), row(EVERY, **changes)))
    # A cell that cannot be read is one fault, not one and a missing one.
    assert found == [f"“清单”第3行{fault}"]


def test_what_a_kind_has_besides_is_read_from_columns_of_its_own(
    chain: Chain, tmp_path: Path
) -> None:
    bought = {
        "信息种类": "政府采购", "公告种类": "结果", "项目名称": "校舍加固", "供应商": "甲建设公司",
        "金额（元）": "1,280,000.50", "决定日期": "2019年3月1日", "集中采购": "是",
    }  # fmt: skip
    moved = {"信息种类": "人事任免", "任免文件": "云政任〔2019〕2号", "决定日期": date(2019, 3, 1)}
    report = looked_at(
        chain,
        tmp_path,
        row(EVERY, **bought),
        row(EVERY, **moved, 任免人员="何某，县供水站站长，任\n吕某，县供水站站长，免"),
    )
    assert told(report) == []
    assert report.rows[0].content["details"] == {
        "stage": "result",
        "project": "校舍加固",
        "supplier": "甲建设公司",
        "amount_fen": 128000050,
        "decided_on": "2019-03-01",
        "centralised": True,
    }
    assert report.rows[1].content["details"]["people"] == [
        {"name": "何某", "office": "县供水站站长", "act": "appoint"},
        {"name": "吕某", "office": "县供水站站长", "act": "remove"},
    ]
    assert told(looked_at(chain, tmp_path, row(EVERY, **{**bought, "供应商": None}))) == [
        "“清单”第2行“供应商”（X列）：请填写供应商"
    ]


def test_an_old_normative_document_needs_number_and_day_but_no_legality_opinion(
    chain: Chain, tmp_path: Path
) -> None:
    normative = {"信息种类": "行政规范性文件"}
    assert told(looked_at(chain, tmp_path, row(EVERY, **normative))) == [
        "“清单”第2行“发文字号”（H列）：行政规范性文件须填写",
        "“清单”第2行“施行日期”（Q列）：行政规范性文件须填写",
    ]
    full = {**normative, "发文字号": "云政发〔2019〕6号", "施行日期": "2019-4-1"}
    assert told(looked_at(chain, tmp_path, row(EVERY, **full, 统一编号="HCSD00-2019-0006"))) == []


def test_numbers_are_given_once_in_the_list_and_here(chain: Chain, tmp_path: Path) -> None:
    content = {"title": "旧", "doc_no": "云政办〔2018〕1号"}
    drafting.draft(
        chain.agency, "document", content, by=chain.actor("drafter"), at=AT, index_no="YX/2018-1"
    )
    report = looked_at(
        chain,
        tmp_path,
        row(EVERY, 标题="一", 索引号="YX/2018-1"),
        row(EVERY, 标题="二", 发文字号="云政办〔2018〕1号"),
        row(EVERY, 标题="三", 索引号="YX/2018-2"),
        row(EVERY, 标题="四", 索引号="YX/2018-2"),
    )
    assert told(report) == [
        "“清单”第2行“索引号”（F列）：本系统已有：YX/2018-1",
        "“清单”第3行“发文字号”（H列）：本系统已有：云政办〔2018〕1号",
        "“清单”第5行“索引号”（F列）：与第4行重复：YX/2018-2",
    ]
    assert [one.number for one in report.rows] == [4]


def test_namesakes_of_a_day_and_what_is_left_out_are_notices(chain: Chain, tmp_path: Path) -> None:
    folder = tmp_path / "附件"
    folder.mkdir()
    (folder / "没人提到.pdf").write_bytes(b"x")
    heads = (*SHORT, "密级")
    report = looked_at(chain, tmp_path, [*row(), "公开", "列外"], row(), heads=heads, folder=folder)
    assert told(report) == []
    assert report.notices == (
        "第3行与另一条同名同日，请核对是否重复",
        "没有导入：“密级”列",
        "没有导入：O列",
        "文件夹里有1个文件清单没有提到：没人提到.pdf",
    )


def test_files_are_found_in_the_folder_and_nowhere_else(chain: Chain, tmp_path: Path) -> None:
    folder = tmp_path / "附件"
    (folder / "2019").mkdir(parents=True)
    (folder / "2019" / "通知.pdf").write_bytes(b"%PDF")
    (folder / "空.pdf").write_bytes(b"")
    (tmp_path / "外面.pdf").write_bytes(b"secret")
    (folder / "链接.pdf").symlink_to(tmp_path / "外面.pdf")

    def found(name: str) -> list[str]:
        report = looked_at(chain, tmp_path, row(EVERY, 附件=name), folder=folder)
        return [one.message for one in report.faults] or [
            path.relative_to(folder).as_posix() for one in report.rows for path in one.files
        ]

    assert found("2019\\通知.pdf") == ["2019/通知.pdf"]
    assert found("2019/通知.PDF") == ["文件夹里没有“2019/通知.PDF”，是否“2019/通知.pdf”"]
    assert found("空.pdf") == ["“空.pdf”是空文件"]
    for outside in ("../外面.pdf", str(tmp_path / "外面.pdf"), "链接.pdf", "2019/../../外面.pdf"):
        assert found(outside) == [f"文件夹里没有“{outside}”"]


@pytest.mark.parametrize(
    ("heads", "faults"),
    [
        (
            ("标题", "公开属性"),
            ["“清单”第1行“信息种类”：没有这一列", "“清单”第1行“成文日期”：没有这一列"],
        ),
        (
            (*SHORT, "文号"),
            ["“清单”第1行“文号”：这一列有两个（或者与另一列同义）"],
        ),
        (
            ("甲", "乙"),
            ["“清单”：没有找到表头：前十行里须有一行写着“信息种类”“标题”“公开属性”“成文日期”等列名"],
        ),
    ],
)  # fmt: skip
def test_a_list_without_its_columns_is_told_once(
    chain: Chain, tmp_path: Path, heads: tuple[str, ...], faults: list[str]
) -> None:
    report = looked_at(chain, tmp_path, row(), row(), heads=heads)
    assert told(report) == faults
    assert report.rows == ()


def test_a_list_of_heads_alone_is_no_list(chain: Chain, tmp_path: Path) -> None:
    assert told(looked_at(chain, tmp_path)) == ["“清单”：表头下面没有一行"]


def test_looking_changes_no_row_of_any_table(chain: Chain, tmp_path: Path) -> None:
    before = contents()
    looked_at(chain, tmp_path, row(EVERY), row(EVERY, 成文日期="没有"))
    assert contents() == before
    drafting.draft(chain.agency, "document", {"title": "甲"}, by=chain.actor("drafter"), at=AT)
    assert contents() != before


def test_every_column_is_a_field_or_an_element_of_some_kind() -> None:
    from gongkai.disclosure.details import FORMS
    from gongkai.disclosure.models import Record, Version

    elements = {one.name for form in FORMS.values() for one in form.elements}
    fields = {one.name for model in (Record, Version) for one in model._meta.get_fields()}
    own = {name for name in HEADS if not name.startswith("details.")}
    assert own <= fields
    assert {name.removeprefix("details.") for name in HEADS.keys() - own} == elements
