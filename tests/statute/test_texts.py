"""The texts: every instrument is there, every place is sound, citations resolve and read well."""

from __future__ import annotations

from datetime import date

import pytest

from statute.citations import Citation, Mark, cite
from statute.texts.anchors import (
    UnknownProvisionError,
    anchor,
    brief,
    cited,
    instrument,
    instruments,
)
from statute.texts.places import InstrumentKind
from statute.texts.reading import read_instrument

# The list of the project, by hand.
INSTRUMENTS = [
    "regulations", "review_law_2023", "review_law_2017", "review_rules", "litigation_law",
    "litigation_interpretation", "civil_procedure_law", "civil_code",
    "disclosure_interpretation_2025", "guiding_case_26", "guiding_case_101", "report_form_2019",
    "report_form_2021", "dispute_count_2016", "report_local_2025", "platform_rules_2019",
    "processing_fee_2020", "catalogues_2019", "catalogue_fields", "deadlines_2015",
    "service_2016", "channels_2017", "website_guide_2017", "website_reports_2018",
    "website_inspection_2019", "holiday_rules_2024", "holiday_rules_2013", "holiday_rules_2007",
    "holiday_notices", "budget_law", "procurement_regulation", "penalty_law", "land_law",
    "decision_regulation", "business_regulation", "rulemaking_regulation",
    "enforcement_disclosure_2018", "civil_affairs_2019", "secrecy_law_2024", "secrecy_regulation",
    "personal_information_law", "petition_regulation", "official_documents_2012", "gb9704",
    "attribute_practice", "interpretation_practice", "normative_documents_2018",
    "zhejiang_normative", "index_practice", "opinion_response_2016", "zhejiang_interim",
    "public_enterprises_2020", "house_practice",
]  # fmt: skip


def test_every_instrument_of_the_list_is_recorded() -> None:
    assert {home.id for home in instruments()} == set(INSTRUMENTS)


def test_instruments_are_listed_by_rank_then_name() -> None:
    kinds = [home.kind for home in instruments()]
    assert kinds == sorted(kinds, key=list(InstrumentKind).index)
    laws = [home.id for home in instruments() if home.kind is InstrumentKind.LAW]
    assert laws == sorted(laws)


def test_the_regulations_have_56_articles_and_only_1_7_and_9_are_from_memory() -> None:
    places = instrument("regulations").anchors
    assert [place.article for place in places] == [str(number) for number in range(1, 57)]
    assert [p.article for p in places if p.mark is not Mark.VERIFIED] == ["1", "7", "9"]


def test_the_reconsideration_law_before_2024_is_wholly_from_memory() -> None:
    home = instrument("review_law_2017")
    assert {place.mark for place in home.anchors} == {Mark.MEMORY}
    assert home.in_force.end == date(2023, 12, 31)


def test_there_is_a_notice_for_every_year_and_next_year_is_provisional() -> None:
    places = instrument("holiday_notices").anchors
    assert [place.article for place in places] == [str(year) for year in range(2007, 2028)]
    assert places[-1].mark is Mark.PRACTICE
    assert [p.article for p in places if not p.number] == ["2008", "2027"]


def test_there_is_a_document_for_each_of_the_26_fields() -> None:
    fields = [place.article for place in instrument("catalogue_fields").anchors]
    assert fields == [f"f{number:02d}" for number in range(1, 27)]


def test_our_own_defaults_are_marked_practice() -> None:
    assert {place.mark for place in instrument("house_practice").anchors} == {Mark.PRACTICE}


@pytest.mark.parametrize("home", instruments(), ids=lambda home: home.id)
def test_every_place_is_written_out_and_can_be_cited(home: object) -> None:
    known = next(known for known in instruments() if known is home)
    assert known.anchors
    for place in known.anchors:
        assert place.text.endswith(("。", "）"))
        assert anchor(Citation(known.id, place.article)) is place
        assert cited(Citation(known.id, place.article))


@pytest.mark.parametrize(
    ("short", "holds"),
    [
        ("regulations#26", "20个工作日内"),
        ("regulations#30", "7个工作日内一次性"),
        ("regulations#32", "15个工作日内"),
        ("regulations#34", "逾期视为同意公开"),
        ("regulations#49", "3月31日"),
        ("review_law_2023#20.1", "60日"),
        ("review_law_2023#23.1(4)", "应当先申请复议"),
        ("litigation_law#46.1", "6个月"),
        ("processing_fee_2020#按件", "每件100元"),
        ("processing_fee_2020#按量", "每页40元"),
        ("website_inspection_2019#单项否决2", "5%"),
        ("holiday_notices#2020", "2月1日上班取消"),
        ("holiday_notices#2026", "02-15～02-23"),
        ("civil_affairs_2019#时限", "10个工作日"),
    ],
)
def test_a_place_states_the_figure_that_rules_rest_on(short: str, holds: str) -> None:
    assert holds in anchor(cite(short)).text


@pytest.mark.parametrize(
    ("short", "written"),
    [
        ("regulations#36(4)", "《政府信息公开条例》第三十六条第（四）项"),
        ("regulations#33.2", "《政府信息公开条例》第三十三条第二款"),
        ("review_law_2023#23.1(4)", "《行政复议法》第二十三条第一款第（四）项"),
        ("review_law_2017#12.1", "《行政复议法》（2017年修正）第十二条第一款"),
        (
            "processing_fee_2020#缴费",
            "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）缴费",
        ),
        (
            "deadlines_2015#一之2",
            (
                "《国务院办公厅政府信息公开办公室关于政府信息公开期限有关问题的解释》"
                "（国办公开办函〔2015〕207号）一、2"
            ),
        ),
        (
            "report_form_2021#明确责任",
            (
                "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作"
                "年度报告格式〉的通知》（国办公开办函〔2021〕30号）二、（四）"
            ),
        ),
        (
            "holiday_notices#2026",
            "《国务院办公厅关于2026年部分节假日安排的通知》（国办发明电〔2025〕7号）",
        ),
        ("holiday_notices#2008", "《国务院办公厅关于2008年部分节假日安排的通知》"),
        ("guiding_case_101#裁判要点", "最高人民法院指导案例101号裁判要点"),
        ("attribute_practice#三值", "惯例“公文公开属性”之“三值”"),
        ("gb9704#发文字号", "《党政机关公文格式》（GB/T 9704-2012）7.2.5"),
    ],
    ids=[
        "an item", "a paragraph", "an item of a paragraph", "a superseded version names itself",
        "a document with its number", "a section has its own numbering",
        "a title inside a title changes its brackets", "a yearly notice has its own title",
        "a notice whose number is not known", "a case", "a practice", "a standard by its clause",
    ],
)  # fmt: skip
def test_a_citation_is_written_out_as_in_a_letter(short: str, written: str) -> None:
    assert cited(cite(short)) == written


@pytest.mark.parametrize(
    ("short", "written"),
    [
        ("regulations#36(4)", "条例第三十六条第（四）项"),
        ("deadlines_2015#一之2", "207号一、2"),
        ("holiday_notices#2026", "国办发明电〔2025〕7号"),
        ("holiday_notices#2008", "《国务院办公厅关于2008年部分节假日安排的通知》"),
    ],
)
def test_a_citation_has_a_brief_form(short: str, written: str) -> None:
    assert brief(cite(short)) == written


@pytest.mark.parametrize(
    "short",
    [
        "no_such_law#1",
        "regulations#57",
        "regulations#33.4",
        "regulations#33.0",
        "regulations#36(8)",
        "regulations#36(0)",
        "regulations#39(1)",
        "regulations#29.1(1)",
        "review_rules#15.1",
        "report_form_2021#附录",
    ],
    ids=[
        "an instrument nobody recorded", "an article beyond the last",
        "a paragraph beyond the last", "a paragraph before the first",
        "an item beyond the last", "an item before the first",
        "an item of an article without items", "an item of the wrong paragraph",
        "a paragraph where they were not counted", "a section the document does not have",
    ],
)  # fmt: skip
def test_a_citation_of_nothing_is_refused_by_name(short: str) -> None:
    with pytest.raises(UnknownProvisionError, match=r"没有收录|没有所引的款或项") as refused:
        anchor(cite(short))
    assert cite(short).instrument in str(refused.value)


def test_an_item_needs_its_paragraph_only_where_several_have_items() -> None:
    home = read_instrument("x", HEAD + '[articles.1]\ntext = "甲。"\nmark = "memory"\n'
                           "paragraphs = 2\nitems = { 1 = 2, 2 = 3 }\n")  # fmt: skip
    place = home.anchors[0]
    assert place.has(2, 3)
    assert not place.has(None, 1)
    assert anchor(cite("regulations#29(3)")) is anchor(cite("regulations#29.2(3)"))


def test_a_verified_text_confesses_what_part_of_it_is_from_memory() -> None:
    assert anchor(cite("litigation_law#46")).is_partly_from_memory
    assert not anchor(cite("regulations#26")).is_partly_from_memory
    assert not anchor(cite("review_law_2017#9")).is_partly_from_memory  # all of it is


@pytest.mark.parametrize("kind", list(InstrumentKind), ids=lambda kind: kind.value)
def test_every_kind_of_instrument_has_a_chinese_heading(kind: InstrumentKind) -> None:
    assert not kind.label.isascii()


HEAD = (
    '[instrument]\nid = "x"\nkind = "law"\ntitle = "甲法"\nshort = "甲"\nnumber = ""\n'
    'mark = "verified"\n'
)
PLACE = '[articles.1]\ntext = "说明。"\nmark = "verified"\n'


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        (HEAD, r"x：缺少 \['articles'\]"),
        (HEAD.replace('id = "x"', 'id = "y"') + PLACE, "文件名与编号不一致：y"),
        (HEAD.replace('short = "甲"\n', "") + PLACE, r"缺少 \['short'\]"),
        (HEAD + "colour = 1\n" + PLACE, r"多出 \['colour'\]"),
        (HEAD.replace("law", "poem") + PLACE, "poem"),
        (HEAD + 'memory = ["short"]\n' + PLACE, "memory 只能列"),
        (HEAD + 'in_force = "2020"\n' + PLACE, "in_force 应为日期"),
        (HEAD + "in_force = 2020-01-01T00:00:00\n" + PLACE, "in_force 应为日期"),
        (HEAD + PLACE.replace("说明。", " "), "x#1：text 不能为空"),
        (HEAD + PLACE.replace("verified", "sure"), "sure"),
        (HEAD + PLACE.replace("articles.1", 'articles."a.b"'), "不能有点"),
        (HEAD + PLACE + "items = { 2 = 3 }\n", "项所在的款不存在"),
        (HEAD + PLACE + "paragraphs = 1\nitems = { 2 = 3 }\n", "项所在的款不存在"),
    ],
    ids=[
        "no articles", "another name than the file", "a field missing", "a field nobody knows",
        "a kind nobody knows", "a field that cannot be from memory", "a date written as text",
        "a time instead of a day", "a place that says nothing", "a mark nobody knows",
        "a label that cannot be cited", "items where nobody counted",
        "items of a paragraph that is not there",
    ],
)  # fmt: skip
def test_a_file_that_is_not_well_formed_is_refused(toml: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        read_instrument("x", toml)
