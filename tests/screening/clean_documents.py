"""Official documents that tell of no person: letters, budgets, contracts, guides, lists of things.

Full of long numbers all the same: credit codes, document and project numbers, invoices, accounts
of bodies, telephones of offices, meters, books.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from screening.passages import Carrier, Extraction, Passage, Place
from tests.screening.numbers import credit_code

_TOWNS = ("灵石镇", "桥头乡", "东屏街道", "后洋镇")
_OFFICES = (
    "云溪县人民政府办公室",
    "云溪县财政局",
    "云溪县自然资源和规划局",
    "云溪县教育局",
    "云溪县水利局",
)
_FIRMS = ("云溪市宏远建设有限公司", "云溪县安达工程有限公司", "云溪市新联科技有限公司")


def digits(chance: Random, count: int) -> str:
    """A number that does not begin with 0."""
    return chance.choice("123456789") + "".join(chance.choices("0123456789", k=count - 1))


def day(chance: Random) -> str:
    """A date as documents write it."""
    return f"{chance.randint(2019, 2026)}年{chance.randint(1, 12)}月{chance.randint(1, 28)}日"


def document_number(chance: Random) -> str:
    """云政办发〔2026〕6号."""
    body = chance.choice(("云政办发", "临政发", "临财预", "临自然资规", "临教基"))
    return f"{body}〔{chance.randint(2019, 2026)}〕{chance.randint(1, 320)}号"


def phone(chance: Random) -> str:
    """Of an office."""
    return f"0577-{digits(chance, 8)}"


def money(chance: Random) -> str:
    """An amount with or without decimals."""
    return chance.choice((f"{chance.randint(1, 99_999_999):,}", f"{chance.random() * 1e7:.2f}"))


def lines(*texts: str) -> Extraction:
    """A text of lines."""
    return Extraction(
        Carrier.DOCX,
        tuple(Passage(text, Place(paragraph=number)) for number, text in enumerate(texts, start=1)),
    )


def table(title: str, *rows: tuple[str, ...]) -> Extraction:
    """A title and a table."""
    cells = [
        Passage(
            cell, Place(sheet="Sheet1", table=1, row=row, column=column, cell=f"R{row}C{column}")
        )
        for row, texts in enumerate(rows, start=1)
        for column, cell in enumerate(texts, start=1)
        if cell
    ]
    return Extraction(Carrier.XLSX, (Passage(title, Place(sheet="Sheet1")), *cells))


def letter(chance: Random) -> Extraction:
    """A 告知书 without the applicant's data."""
    return lines(
        "政府信息公开告知书",
        f"临政公开〔{chance.randint(2019, 2026)}〕{chance.randint(1, 99)}号",
        f"本机关于{day(chance)}收到您提交的政府信息公开申请（登记编号{digits(chance, 14)}）。",
        "您申请公开“" + chance.choice(_TOWNS) + "2024年征地补偿安置方案”。",
        "根据《中华人民共和国政府信息公开条例》第三十六条第（二）项的规定，现将该信息提供给您。",
        "如对本告知不服，可以自收到之日起60日内申请行政复议，或者6个月内提起行政诉讼。",
        f"联系电话：{phone(chance)}，邮编：325800，地址：云溪县{chance.choice(_TOWNS)}"
        f"人民大道{chance.randint(1, 900)}号",
        chance.choice(_OFFICES),
        day(chance),
    )


def notice(chance: Random) -> Extraction:
    """A notice with articles and document numbers."""
    return lines(
        chance.choice(_OFFICES) + "关于做好防汛防台工作的通知",
        document_number(chance),
        "各乡镇人民政府，县级有关单位：",
        f"根据《国务院办公厅关于加强基层应急能力建设的意见》（国办发〔{chance.randint(2019, 2025)}"
        f"〕{chance.randint(1, 60)}号）精神，",
        f"（一）下拨资金{money(chance)}万元，涉及{chance.randint(2, 300)}个村、"
        f"{chance.randint(1000, 99999)}人。",
        f"（二）依照第{chance.randint(1, 60)}条至第{chance.randint(61, 120)}条的规定执行。",
        f"（三）水位超过{chance.random() * 20:.2f}米时启动响应，值班电话{phone(chance)}。",
        f"本通知自{day(chance)}起施行，{document_number(chance)}同时废止。",
        "（此件公开发布）",
    )


def contract(chance: Random) -> Extraction:
    """A contract between bodies."""
    return lines(
        f"合同编号：LQ{digits(chance, 12)}",
        f"甲方：{chance.choice(_OFFICES)}，统一社会信用代码：{credit_code(chance)}",
        f"乙方：{chance.choice(_FIRMS)}，统一社会信用代码：{credit_code(chance)}",
        f"项目代码：{chance.randint(2019, 2026)}-330399-{chance.randint(1, 99):02}"
        f"-{chance.randint(1, 99):02}-{digits(chance, 6)}",
        f"合同总价（大写）伍佰万元整，小写{money(chance)}元。",
        f"户名：{chance.choice(_FIRMS)}，开户行：中国农业银行云溪支行，账号：{digits(chance, 17)}",
        f"对公账户{digits(chance, 19)}，行号{digits(chance, 12)}",
        f"履约保证金缴入财政专户，账号{digits(chance, 16)}。",
        f"乙方注册地址：云溪市云溪县东屏街道建设大道{chance.randint(1, 300)}号"
        f"3幢{chance.randint(101, 909)}"
        "室",
        f"签订日期：{day(chance)}",
    )


def invoices(chance: Random) -> Extraction:
    """Invoices with 8 and 20 digits."""
    rows = [
        (
            str(number),
            digits(chance, 20) if chance.random() < 0.5 else digits(chance, 8),
            digits(chance, 12),
            chance.choice(_FIRMS),
            credit_code(chance),
            money(chance),
        )
        for number in range(1, chance.randint(4, 14))
    ]
    head = ("序号", "发票号码", "发票代码", "销售方名称", "纳税人识别号", "价税合计（元）")
    return table("财政专项资金支出发票明细表", head, *rows)


def budget(chance: Random) -> Extraction:
    """A budget: rows of figures without words between them."""
    rows = [
        (str(code), name, *(str(chance.randint(0, 99_999)) for _ in range(6)))
        for code, name in zip(
            (2010301, 2010302, 2080505, 2101101, 2210201),
            ("行政运行", "一般行政管理事务", "基本养老保险缴费", "行政单位医疗", "住房公积金"),
            strict=True,
        )
    ]
    head = ("科目编码", "科目名称", "合计", "基本支出", "项目支出", "人员经费", "公用经费", "其他")
    return table(f"{chance.randint(2019, 2026)}年部门预算支出表", head, *rows)


def guide(chance: Random) -> Extraction:
    """A guide to disclosure, with the office's own address, telephone and mail."""
    office = chance.choice(_OFFICES)
    return lines(
        "政府信息公开指南",
        f"受理机构：{office}，办公地址：云溪县{chance.choice(_TOWNS)}"
        f"人民大道{chance.randint(1, 900)}"
        f"号{chance.randint(1, 9)}楼{chance.randint(101, 909)}室",
        f"办公时间：8:30—12:00，14:00—17:30；联系电话：{phone(chance)}；传真：{phone(chance)}",
        f"电子邮箱：lqgk{chance.randint(1, 99)}@"
        f"{chance.choice(('lq.gov.cn', '163.com', 'zj.gov.cn'))}",
        "申请人应当提供姓名或者名称、身份证明、联系方式。",
        "网址：https://www.linquan.gov.cn/col/col1229548/index.html",
        "投诉举报：12345政务服务便民热线，邮政编码325800。",
    )


def form(_: Random) -> Extraction:
    """An application form nobody filled in."""
    return table(
        "政府信息公开申请表",
        ("申请人信息", "公民", "姓名", "", "工作单位", ""),
        ("", "", "证件名称", "", "证件号码", ""),
        ("", "", "通信地址", "", "", ""),
        ("", "", "联系电话", "", "邮政编码", ""),
        ("", "法人或者其他组织", "名称", "", "统一社会信用代码", ""),
        ("所需信息情况", "所需信息的内容描述", "", "", "", ""),
    )


def equipment(chance: Random) -> Extraction:
    """Things bought: models, serial numbers, bar codes, books."""
    rows = [
        (
            str(number),
            chance.choice(("打印机", "空气能热水机组", "服务器", "消防水泵", "图书")),
            f"型号{chance.choice('EGST')}{digits(chance, 8)}",
            chance.choice(
                (
                    f"条码{digits(chance, 13)}",
                    f"ISBN 978-7-{digits(chance, 3)}-{digits(chance, 5)}-{chance.randint(0, 9)}",
                )
            ),
            f"序列号{digits(chance, 15)}",
            str(chance.randint(1, 400)),
            money(chance),
        )
        for number in range(1, chance.randint(4, 12))
    ]
    head = ("序号", "名称", "型号规格", "条码或者书号", "序列号", "数量", "单价（元）")
    return table("政府采购货物清单", head, *rows)


def meters(chance: Random) -> Extraction:
    """Readings, parcels, permits."""
    return lines(
        "农村供水工程运行情况",
        f"水表编号{digits(chance, 11)}，本期读数{digits(chance, 6)}，上期读数{digits(chance, 6)}。",
        f"电表号{digits(chance, 10)}，用电{chance.randint(10_000_000_000, 19_999_999_999)}千瓦时。",
        f"地块编号330399{digits(chance, 6)}GB{digits(chance, 5)}，"
        f"用地面积{chance.randint(100, 99999)}"
        f".{chance.randint(10, 99)}平方米。",
        f"建设用地规划许可证：地字第330399{chance.randint(2019, 2026)}{digits(chance, 5)}号。",
        f"取水许可证编号：D330399S{chance.randint(2019, 2026)}-{digits(chance, 4)}"
        f"，有效期至{day(chance)}。",
        f"投资{chance.randint(13_000_000_000, 18_999_999_999)}元。",
    )


def projects(chance: Random) -> Extraction:
    """Long numbers that only the head of their column names."""
    rows = [
        (
            f"{chance.choice(_TOWNS)}农村道路提升工程",
            digits(chance, 18),
            digits(chance, 16),
            digits(chance, 19),
            digits(chance, 11),
            f"{chance.choice('EGHST')}{digits(chance, 8)}",
        )
        for _ in range(chance.randint(4, 12))
    ]
    head = ("项目名称", "项目代码", "支付凭证号", "交易流水号", "合同编号", "设备型号")
    return table("重点项目进度表", head, *rows)


def statistics(chance: Random) -> Extraction:
    """Prose with many figures, and a case of a court."""
    return lines(
        f"{chance.randint(2019, 2025)}年国民经济和社会发展统计公报",
        f"全年地区生产总值{chance.randint(100, 999)}.{chance.randint(10, 99)}"
        f"亿元，比上年增长{chance.random() * 9:.1f}%。",
        f"年末户籍人口{chance.randint(100_000, 999_999)}人，"
        f"其中城镇{chance.randint(10_000, 99_999)}"
        "人。",
        f"分季度：{' '.join(digits(chance, 4) for _ in range(4))}",
        f"财政总收入{money(chance)}万元，其中税收{money(chance)}万元。",
        f"（{chance.randint(2019, 2026)}）浙0399行初{chance.randint(1, 300)}号行政判决书已经生效。",
        f"索引号：{digits(chance, 9)}/{chance.randint(2019, 2026)}-{digits(chance, 5)}",
        f"发布时间：2026-0{chance.randint(1, 9)}-1{chance.randint(0, 9)} 09:3{chance.randint(0, 9)}"
        ":00",
    )


KINDS: tuple[Callable[[Random], Extraction], ...] = (
    letter, notice, contract, invoices, budget, guide, form, equipment, meters, projects,
    statistics,
)  # fmt: skip


def clean_documents(count: int, seed: int) -> list[Extraction]:
    """Of each kind in turn."""
    chance = Random(seed)
    return [KINDS[number % len(KINDS)](chance) for number in range(count)]
