"""Each search by hand: what it finds, what it leaves alone, and that it is what finds it."""

from __future__ import annotations

from datetime import date

import pytest

from screening.findings.finding import Kind, Severity
from screening.findings.search import SEARCHES
from screening.passages import Extraction, Layer, NotCovered, Passage, Place
from statute.check_digits import credit_check_digit, resident_check_digit
from tests.screening.screened import (
    ANSWER,
    HINT,
    MUST,
    findings,
    lines,
    rows,
    told,
)

ID = "330399191204060312"
MOBILE = "13800000417"
CARD = "6228000000000417"

# search, what is written, what must be found of it
TRAPS: list[tuple[str, Extraction, Kind, Severity, str]] = [
    ("personal", lines(f"身份证号{ID}。"), Kind.RESIDENT_ID, MUST, ID),
    ("personal", lines("证号330399191204060313。"), Kind.RESIDENT_ID, ANSWER, "330399191204060313"),
    ("personal", lines("身份证33039919120406", "0312，男"), Kind.RESIDENT_ID, MUST, ID),
    ("personal", lines("身份证号330399120406031"), Kind.OLD_RESIDENT_ID, MUST, "330399120406031"),
    ("personal", lines("证330399120406031"), Kind.OLD_RESIDENT_ID, ANSWER, "330399120406031"),
    ("personal", lines(f"电话{MOBILE}。"), Kind.MOBILE, MUST, MOBILE),
    ("personal", lines("打138.0000.0417找他"), Kind.MOBILE, MUST, "138.0000.0417"),
    ("personal", lines("手机1380000", "0417，请留言"), Kind.MOBILE, ANSWER, MOBILE),
    ("personal", lines("一三八〇〇〇〇〇四一七"), Kind.MOBILE, MUST, "一三八〇〇〇〇〇四一七"),
    ("personal", lines(f"卡{CARD}"), Kind.BANK_CARD, MUST, CARD),
    (
        "personal",
        lines(f"户名：王某，开户行：农行，账号：{CARD}"),
        Kind.BANK_CARD,
        MUST,
        CARD,
    ),
    ("personal", lines("护照E12345678"), Kind.PASSPORT, MUST, "E12345678"),
    ("personal", lines("持E12345678"), Kind.PASSPORT, ANSWER, "E12345678"),
    ("personal", lines("台胞证12345678"), Kind.TAIWAN_PERMIT, MUST, "12345678"),
    ("personal", lines("军官证：南字第1234567号"), Kind.MILITARY_ID, MUST, "南字第1234567号"),
    ("personal", lines("车牌浙C12345"), Kind.PLATE, ANSWER, "浙C12345"),
    ("personal", lines("微信号：wang_mou88"), Kind.SOCIAL_ACCOUNT, ANSWER, "wang_mou88"),
    ("personal", lines("本人邮箱 wm@163.com"), Kind.EMAIL, ANSWER, "wm@163.com"),
    ("personal", lines("住宅电话0577-60000417"), Kind.LANDLINE, ANSWER, "0577-60000417"),
    ("personal", lines(ID, layer=Layer.COMMENT), Kind.RESIDENT_ID, MUST, ID),
    (
        "personal",
        lines("车牌浙C12345", layer=Layer.HIDDEN_TEXT),
        Kind.PLATE,
        MUST,
        "浙C12345",
    ),
    (
        "addresses",
        lines("家住云溪市云溪县灵石镇石桥村3组12号。"),
        Kind.HOME_ADDRESS,
        MUST,
        "云溪市云溪县灵石镇石桥村3组12号",
    ),
    (
        "addresses",
        lines("户籍地址：云溪县灵石镇石桥村"),
        Kind.HOME_ADDRESS,
        ANSWER,
        "云溪县灵石镇石桥村",
    ),
    (
        "addresses",
        lines("王某，灵石镇人民路88号3幢402室"),
        Kind.HOME_ADDRESS,
        ANSWER,
        "灵石镇人民路88号3幢402室",
    ),
    (
        "addresses",
        rows(("姓名", "家庭住址"), ("王某", "灵石镇石桥村12号")),
        Kind.HOME_ADDRESS,
        MUST,
        "灵石镇石桥村12号",
    ),
    (
        "table_heads",
        rows(("姓名", "致贫原因", "金额"), ("王某", "因病", "300")),
        Kind.TABLE_HEAD,
        MUST,
        "致贫原因",
    ),
    (
        "table_heads",
        rows(("婚姻状况", "离异", "民族", "汉")),
        Kind.TABLE_HEAD,
        MUST,
        "婚姻状况",
    ),
    (
        "table_heads",
        rows(("姓名", "身 份 证", "金额"), ("王某", "33*************312", "300")),
        Kind.TABLE_HEAD,
        HINT,
        "身 份 证",
    ),
    (
        "table_heads",
        rows(("户主", "低保金额"), ("王甲乙", "300")),
        Kind.NAME_LIST,
        ANSWER,
        "户主",
    ),
    (
        "table_heads",
        lines("姓名 手机 家庭住址", f"王某 {MOBILE} 灵石镇"),
        Kind.TABLE_HEAD,
        ANSWER,
        "姓名 手机 家庭住址",
    ),
    ("secrecy", lines("机　密★1年"), Kind.SECRECY_MARK, MUST, "机　密★1年"),
    ("secrecy", lines("密级：秘密"), Kind.SECRECY_MARK, MUST, "密级：秘密"),
    ("secrecy", lines("秘密"), Kind.SECRECY_MARK, MUST, "秘密"),
    ("secrecy", lines("工作秘密"), Kind.SECRECY_MARK, MUST, "工作秘密"),
    ("secrecy", lines("（此件不公开）"), Kind.SECRECY_MARK, MUST, "此件不公开"),
    ("secrecy", lines("内部资料", "注意保存"), Kind.SECRECY_MARK, MUST, "内部资料注意保存"),
    ("secrecy", lines("不得上网"), Kind.SECRECY_MARK, MUST, "不得上网"),
    ("secrecy", lines("（此件依申请公开）"), Kind.SECRECY_MARK, ANSWER, "此件依申请公开"),
    (
        "secrecy",
        lines("县长办公会议纪要.docx", layer=Layer.FILE_NAME),
        Kind.SECRECY_MARK,
        ANSWER,
        "县长办公会议纪要",
    ),
    ("secrecy", lines("管理办法（征求意见稿）"), Kind.SECRECY_MARK, HINT, "征求意见稿"),
    ("words", lines("截止目前，共3件。"), Kind.WORD, ANSWER, "截止目前"),
    ("words", lines("中华人民", "共合国"), Kind.WORD, MUST, "中华人民共合国"),
    ("words", lines("原定由国土资源局负责"), Kind.WORD, ANSWER, "国土资源局"),
    ("law_names", lines("依照《政府信息公开条列》"), Kind.LAW_NAME, ANSWER, "政府信息公开条列"),
    (
        "law_names",
        lines("《中华人民共和国招投标法》"),
        Kind.LAW_NAME,
        ANSWER,
        "中华人民共和国招投标法",
    ),
    (
        "law_names",
        lines("《政府信息公开条例》（国务院令第492号）"),
        Kind.LAW_NAME,
        ANSWER,
        "国务院令第492号",
    ),
    ("law_names", lines("根据《合同法》第五条"), Kind.REPEALED_LAW, ANSWER, "合同法"),
    (
        "dates_and_numbers",
        lines("云政办发[2026]6号"),
        Kind.DOCUMENT_NUMBER,
        ANSWER,
        "[2026]6号",
    ),
    (
        "dates_and_numbers",
        lines("临政〔2026〕第06号"),
        Kind.DOCUMENT_NUMBER,
        ANSWER,
        "〔2026〕第06号",
    ),
    (
        "dates_and_numbers",
        lines("临政〔２０２６〕６号"),
        Kind.DOCUMENT_NUMBER,
        ANSWER,
        "〔２０２６〕６号",
    ),
    ("dates_and_numbers", lines("2021年01月29日"), Kind.DATE, ANSWER, "2021年01月29日"),
    ("dates_and_numbers", lines("2026年2月30日前"), Kind.DATE, ANSWER, "2026年2月30日"),
    ("dates_and_numbers", lines("2月30日前"), Kind.DATE, ANSWER, "2月30日"),
    ("dates_and_numbers", lines("于2025-02-29公布"), Kind.DATE, ANSWER, "2025-02-29"),
    ("dates_and_numbers", lines("二○二六年一月五日"), Kind.DIGITS, HINT, "二○二六年"),
    ("dates_and_numbers", lines("共1２件"), Kind.DIGITS, HINT, "1２"),
    ("links", lines("见http://10.1.2.3/a"), Kind.LINK, ANSWER, "http://10.1.2.3/a"),
    ("links", lines("见http://192.168.1.20"), Kind.LINK, ANSWER, "http://192.168.1.20"),
    ("links", lines("见http://8.8.8.8/x"), Kind.LINK, ANSWER, "http://8.8.8.8/x"),
    ("links", lines("file:///D:/王/名单.xls"), Kind.LINK, ANSWER, "file:///D:/王/名单.xls"),
    ("links", lines("\\\\server\\share\\a.doc"), Kind.LINK, ANSWER, "\\\\server\\share\\a.doc"),
    (
        "links",
        lines("https://www.gov.cn@evil.com/a"),
        Kind.LINK,
        MUST,
        "https://www.gov.cn@evil.com/a",
    ),
    (
        "links",
        lines("http://www.gov.cn.evil.com/"),
        Kind.LINK,
        MUST,
        "http://www.gov.cn.evil.com/",
    ),
    ("links", lines("http://www.gоv.cn/"), Kind.LINK, MUST, "http://www.gоv.cn/"),
    ("links", lines("javascript:alert"), Kind.LINK, MUST, "javascript:alert"),
    ("links", lines("http://oa/index"), Kind.LINK, ANSWER, "http://oa/index"),
    ("hidden", lines("底稿", layer=Layer.DELETED), Kind.HIDDEN_CONTENT, ANSWER, "底稿"),
    ("hidden", lines("作者", layer=Layer.METADATA), Kind.HIDDEN_CONTENT, HINT, "作者"),
]


def _name(trap: tuple[str, Extraction, Kind, Severity, str]) -> str:
    return f"{trap[2].label}：{' / '.join(passage.text for passage in trap[1].passages)}"


@pytest.mark.parametrize("trap", TRAPS, ids=_name)
def test_it_is_found_by_its_own_search_and_by_no_other(
    trap: tuple[str, Extraction, Kind, Severity, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    search, extraction, *wanted = trap
    assert tuple(wanted) in told(extraction)
    monkeypatch.delitem(SEARCHES, search)
    assert tuple(wanted) not in told(extraction)


LEFT_ALONE = [
    "统一社会信用代码：91350100M000100Y43",
    "信用代码113417020032563511",
    "国办发〔2019〕54号",
    "（2026）浙0399行初12号行政判决书",
    "国务院令第711号",
    "发票号码12345678，发票号码25332000000123456789",
    "办公电话：0577-60000417",
    "ISBN 978-7-5620-1234-5",
    "合同编号13800000417",
    "对公账户6228000000000417",
    "户名：云溪县财政局，开户行：农行，账号：19280101040012345",
    "电子邮箱：lqxxgk@lq.gov.cn",
    "投资13800000417元",
    "本期读数123456，电表号1234567890",
    "2021年1月29日，2024年2月29日，2024-02-29",
    "2026年第3期，1月份",
    "办公地址：灵石镇人民路88号3幢402室",
    "云溪县灵石镇人民大道1号",
    "某公司，住所地云溪县灵石镇人民路88号402室",
    "泄露国家秘密、工作秘密的，依法处分",
    "属于国家秘密的，不予公开",
    "召开会议，形成会议纪要后印发",
    "批复盖章后生效，达到目的的",
    "原国土资源局档案",
    "《中华人民共和国政府信息公开条例》（国务院令第711号）",
    "《政府信息公开条例》（国务院令第492号公布，国务院令第711号修订）",
    "原《合同法》第五条，《民法通则》已经废止",
    "《云溪县物业管理办法》",
    "https://www.linquan.gov.cn/col/1229.html，www.gov.cn，http://县政府.政务",
    "QQ群",
    "京ICP备12345678号",
    "一九四九年十月一日，一百三十八件",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert [one for one in told(lines(text)) if one[1] is not HINT] == []


@pytest.mark.parametrize(
    "table",
    [
        rows(
            ("姓名", "", "身份证号码", ""), ("家庭住址", "", "手机", ""), ("婚姻状况", "", "", "")
        ),
        rows(("发文机关", "公开属性"), ("云溪县人民政府", "不公开"), ("云溪县财政局", "主动公开")),
        rows(("单位", "联系电话", "地址"), ("财政局", "0577-60000417", "人民路1号")),
        rows(("姓名", "职务"), ("王某某", "科长")),
        rows(("项目代码", "金额"), ("330399191204060", "13800000417")),
    ],
    ids=["an empty form", "a catalogue", "offices", "posts", "codes"],
)
def test_ordinary_tables_are_left_alone(table: Extraction) -> None:
    assert [one for one in told(table) if one[1] is not HINT] == []


def test_a_repealed_law_may_be_cited_before_its_day() -> None:
    text = lines("根据《合同法》第五条")
    assert told(text, today=date(2020, 12, 31)) == []
    assert told(text, today=date(2021, 1, 1)) != []


def test_what_is_both_an_id_and_a_credit_code_is_a_persons_unless_named() -> None:
    firsts = (f"11330319200101{number:03}" for number in range(1000))
    both = next(
        first + resident_check_digit(first)
        for first in firsts
        if resident_check_digit(first) == credit_check_digit(first)
    )
    assert told(lines(f"号码{both}")) == [(Kind.RESIDENT_ID, ANSWER, both)]
    assert told(lines(f"统一社会信用代码{both}")) == [(Kind.RESIDENT_ID, HINT, both)]


def test_what_could_not_be_searched_is_to_be_answered() -> None:
    part = NotCovered(Place(page=3), "本页是图片，图片中的文字没有检查")
    (finding,) = findings(Extraction(lines().carrier, (), not_covered=(part,)))
    assert (finding.kind, finding.severity) == (Kind.NOT_COVERED, ANSWER)
    assert (finding.place.wording(), finding.says) == ("第3页", part.reason)


def test_hidden_layers_are_reported_once_each() -> None:
    passages = [Passage(f"批注{n}", Place(layer=Layer.COMMENT, paragraph=n)) for n in range(1, 40)]
    passages += [Passage("旧", Place(layer=Layer.DELETED)), Passage(" ", Place(layer=Layer.NOTE))]
    hidden = findings(Extraction(lines().carrier, tuple(passages)))
    assert [finding.says for finding in hidden] == [
        "有看不见的内容：批注，共39处",
        "有看不见的内容：修订删除",
    ]


def test_the_gravest_come_first_then_the_order_of_the_file() -> None:
    text = lines("截止目前", f"电话{MOBILE}", "共1２件", f"身份证号{ID}", "2月30日")
    assert [finding.kind for finding in findings(text)] == [
        Kind.MOBILE,
        Kind.RESIDENT_ID,
        Kind.WORD,
        Kind.DATE,
        Kind.DIGITS,
    ]


def test_lines_of_other_pages_and_layers_are_not_joined() -> None:
    halves = ("身份证33039919120406", "0312，男")
    apart = (
        (Place(page=1), Place(page=2)),
        (Place(page=1), Place(page=1, layer=Layer.ANNOTATION)),
        (Place(paragraph=1), Place(paragraph=3)),
        (Place(table=1, row=1, column=1), Place(table=1, row=2, column=1)),
    )
    for places in apart:
        passages = tuple(Passage(half, place) for half, place in zip(halves, places, strict=True))
        kinds = [one[0] for one in told(Extraction(lines().carrier, passages))]
        assert Kind.RESIDENT_ID not in kinds


def test_hidden_words_between_two_lines_do_not_part_them() -> None:
    passages = (
        Passage("身份证33039919120406", Place(page=1)),
        Passage("盖住的", Place(page=1, layer=Layer.UNDER_BOX)),
        Passage("0312，男", Place(page=1)),
    )
    assert told(Extraction(lines().carrier, passages))[0] == (Kind.RESIDENT_ID, MUST, ID)
