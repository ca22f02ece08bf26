"""Every hiding place of an OFD is found at its layer, and missed when its guard is taken out."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from PIL import Image

from screening.extraction import ofd, ofd_colours, ofd_objects, ofd_package, ofd_sight
from screening.extraction.ofd import harvest
from screening.passages import Layer, Passage, UnfitFileError
from tests.screening.build_ofd import (
    BLACK,
    EXPECTED,
    TRAPS,
    WHITE,
    note,
    page,
    text,
)
from tests.screening.build_ofd import ofd as built
from tests.screening.build_ofd import (
    rectangle as filled,
)
from tests.screening.places import NUMBER, Guard, all_of, entry, function, layers_of, seconds
from tests.screening.samples import zipped
from tests.screening.traps import SHOWN


def judge(name: str) -> Guard:
    judges: Any = ofd_sight.JUDGES
    return entry(judges, name)


def hanging(name: str) -> Guard:
    hanging: Any = ofd.HANGING
    return all_of(entry(hanging, name), no_rest)


def body(name: str) -> Guard:
    readers: Any = ofd.BODY
    return all_of(entry(readers, name), no_rest, function(ofd, "_read_orphan"))


no_rest = function(ofd_package, "leftovers")
no_files = all_of(function(ofd_package.Edition, "hand_over"), function(ofd, "_read_orphan"))
no_notes = function(ofd, "_note", [])

GUARDS: dict[str, Guard] = {
    "ofd: 白色文字": judge("ground"),
    "ofd: 全透明的文字": judge("paint"),
    "ofd: 颜色全透明的文字": judge("paint"),
    "ofd: 不填充的文字": judge("paint"),
    "ofd: 极小的文字": judge("size"),
    "ofd: 绘制参数里的白色": function(ofd_objects, "fill_by_parameter"),
    "ofd: 不可见的文字": judge("visible"),
    "ofd: 不可见的对象组": judge("visible"),
    "ofd: 页面以外的文字": judge("page"),
    "ofd: 变换到页面以外的文字": judge("page"),
    "ofd: 剪裁掉的文字": judge("clip"),
    "ofd: 黑框下的文字": judge("cover"),
    "ofd: 白框下的文字": judge("cover"),
    "ofd: 上层的框下的文字": judge("cover"),
    "ofd: 图片下的文字": judge("cover"),
    "ofd: 注释框下的文字": no_notes,
    "ofd: 注释画出的文字": no_notes,
    "ofd: 注释的说明": no_notes,
    "ofd: 注释的作者": no_notes,
    "ofd: 注释的参数": no_notes,
    "ofd: 模板页的文字": function(ofd, "_templates", ([], [])),
    "ofd: 没有页面使用的模板页": function(ofd, "_read_unused_templates"),
    "ofd: 附件": all_of(hanging("attachments"), no_files),
    "ofd: 附件的名称": hanging("attachments"),
    "ofd: 自定义标引": hanging("tags"),
    "ofd: 扩展": hanging("extensions"),
    "ofd: 大纲": hanging("outline"),
    "ofd: 书签": hanging("outline"),
    "ofd: 链接": function(ofd, "_read_actions"),
    "ofd: 打开时的动作": hanging("actions"),
    "ofd: 图片的替代文字": function(ofd, "_say_names"),
    "ofd: 作者": body("info"),
    "ofd: 自定义属性": body("info"),
    "ofd: 旧版本": body("versions"),
    "ofd: 签章的说明": body("signatures"),
    "ofd: 图片里的说明": no_files,
    "ofd: 无人引用的页面": function(ofd, "_read_orphan"),
    "ofd: 第二个文档": all_of(function(ofd, "_read_document", 1), function(ofd, "_read_orphan")),
    "ofd: 不认识的元素": no_rest,
    "ofd: 不认识的属性": no_rest,
}


def passages(data: bytes) -> tuple[Passage, ...]:
    return harvest(data).extraction.passages


def said(data: bytes) -> list[tuple[Layer, str]]:
    return [(each.place.layer, each.text) for each in passages(data)]


@pytest.mark.parametrize("name", TRAPS)
def test_a_hiding_place_is_read_at_its_layer(name: str) -> None:
    found = harvest(TRAPS[name](NUMBER))
    assert layers_of(found) == {EXPECTED[name]}
    assert layers_of(found, SHOWN) == {Layer.VISIBLE}


@pytest.mark.parametrize("name", TRAPS)
def test_without_its_guard_the_hiding_place_is_missed(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    GUARDS[name](monkeypatch)
    assert EXPECTED[name] not in layers_of(harvest(TRAPS[name](NUMBER)))


def test_every_trap_has_a_layer_and_a_guard() -> None:
    assert TRAPS.keys() == EXPECTED.keys() == GUARDS.keys()
    assert len(TRAPS) >= 40


# Lines and places, by hand.


def test_a_line_has_its_box_in_points_from_the_top_left() -> None:
    (line,) = (each for each in passages(built()) if each.text == SHOWN)
    assert line.place.page == 1
    box = line.place.box
    assert box is not None
    # Nine letters of 4 mm from 20 mm on, their line at 24 mm: 20 mm are 56.7 points.
    assert (round(box.left, 1), round(box.right, 1)) == (56.7, round(56 * 72 / 25.4, 1))
    assert 57 < box.top < box.bottom < 70


# A rectangle within that of `filled`, drawn the same way round and the other.
HOLE, BACKWARDS = "M 1 1 L 169 1 L 169 11 L 1 11", "M 1 1 L 1 11 L 169 11 L 169 1"


def test_letters_drawn_one_by_one_are_joined_to_their_line() -> None:
    letters = "".join(
        text(letter, box=f"{20 + 2 * at} 50 4 6", code='X="0" Y="4"')
        for at, letter in reversed(list(enumerate(NUMBER)))
    )
    assert (Layer.VISIBLE, NUMBER) in said(built(letters))


def test_letters_written_backwards_are_read_as_they_stand() -> None:
    code = 'X="60" Y="4" DeltaX="g 17 -2.5"'
    assert (Layer.VISIBLE, NUMBER) in said(built(text(NUMBER[::-1], code=code)))


def test_letters_drawn_twice_to_look_bold_are_read_once() -> None:
    twice = text("甲乙丙") + text("甲乙丙", box="20.2 50 160 6")
    assert [words for _, words in said(built(twice)) if "甲" in words] == ["甲乙丙"]


def test_columns_are_apart_and_words_have_a_gap() -> None:
    row = text("甲", box="20 50 9 6") + text("乙", box="27 50 9 6") + text("丙", box="90 50 9 6")
    assert [words for _, words in said(built(row)) if words != SHOWN] == ["甲 乙", "丙"]


def test_lines_of_one_object_are_apart_and_a_column_stays_together() -> None:
    two = text("甲乙丙丁", code='X="0" Y="4" DeltaX="4 -4 4" DeltaY="0 8 0"')
    assert [words for _, words in said(built(two)) if words != SHOWN] == ["甲乙", "丙丁"]
    down = text("甲乙丙丁", box="150 50 6 60", code='X="0" Y="4" DeltaY="g 3 6"')
    assert (Layer.VISIBLE, "甲乙丙丁") in said(built(down))


def test_half_a_number_under_a_box_is_told_with_its_line() -> None:
    assert (Layer.UNDER_BOX, NUMBER) in said(built(text(NUMBER) + filled("18 48 12 12")))


@pytest.mark.parametrize(
    "cover",
    [
        filled("18 48 170 12", look=' Alpha="60"'),
        filled("18 48 170 12", '<ofd:FillColor Value="255 255 0" Alpha="80"/>'),
        filled("18 48 170 12").replace('Fill="true"', 'Fill="false"'),
        filled("18 80 170 12"),
        filled("18 48 170 12", look=' Visible="false"'),
        # A frame: a rectangle with a rectangle cut out of it.
        filled("18 48 170 12", look=' Rule="Even-Odd"').replace(" C</", f" C {HOLE} C</"),
        filled("18 48 170 12").replace(" C</", f" C {BACKWARDS} C</"),
    ],
    ids=["透明的", "颜色透明的", "不填充的", "在别处的", "不可见的", "框线", "反向的框线"],
)
def test_what_does_not_hide_is_no_cover(cover: str) -> None:
    assert (Layer.VISIBLE, "甲乙丙") in said(built(text("甲乙丙") + cover))


def test_a_box_beneath_the_words_does_not_hide_them() -> None:
    assert (Layer.VISIBLE, "甲乙丙") in said(built(filled(fill=WHITE) + text("甲乙丙")))
    assert (Layer.VISIBLE, "甲乙丙") in said(built(filled(fill=BLACK) + text("甲乙丙", fill=WHITE)))
    assert (Layer.WHITE_TEXT, "甲乙丙") in said(built(filled(fill=BLACK) + text("甲乙丙")))


def seal(mode: str) -> dict[str, Any]:
    """A picture over the words."""
    stream = io.BytesIO()
    Image.new(mode, (4, 4)).save(stream, "PNG")
    media = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="20" Type="Image"><ofd:MediaFile>a.png'
        "</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>"
    )
    return {"resources": media, "parts": {"Doc_0/Res/a.png": stream.getvalue()}}


def test_one_sees_through_a_seal() -> None:
    image = (
        '<ofd:ImageObject ID="11" Boundary="18 48 170 12" CTM="170 0 0 12 0 0" ResourceID="20"/>'
    )
    assert (Layer.VISIBLE, "甲乙丙") in said(built(text("甲乙丙") + image, **seal("RGBA")))
    assert (Layer.UNDER_BOX, "甲乙丙") in said(built(text("甲乙丙") + image, **seal("RGB")))


def test_objects_in_a_unit_are_drawn_where_the_unit_is() -> None:
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="50"><ofd:Content>'
        f"{text('甲乙丙', box='0 0 50 6')}</ofd:Content></ofd:CompositeGraphicUnit>"
        "</ofd:CompositeGraphicUnits>"
    )
    use = '<ofd:CompositeObject ID="11" Boundary="{} 60 50 6" ResourceID="50"/>'
    assert (Layer.VISIBLE, "甲乙丙") in said(built(use.format(20), resources=unit))
    assert (Layer.OUTSIDE_PAGE, "甲乙丙") in said(built(use.format(400), resources=unit))


def test_a_unit_that_no_page_draws_is_seen_by_nobody() -> None:
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="50"><ofd:Content>'
        f"{text('甲乙丙')}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    assert (Layer.HIDDEN_TEXT, "甲乙丙") in said(built(resources=unit))


def test_a_unit_within_itself_ends() -> None:
    use = '<ofd:CompositeObject ID="11" Boundary="20 60 50 6" ResourceID="50"/>'
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="50"><ofd:Content>'
        f"{use}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    assert outcome(built(use, resources=unit)) == ""


def test_layers_are_drawn_from_the_background_up() -> None:
    """The box is written last and lies lowest."""
    lowest = f'</ofd:Layer><ofd:Layer ID="6" Type="Background">{filled()}'
    assert (Layer.VISIBLE, "甲乙丙") in said(built(text("甲乙丙", fill=WHITE) + lowest))


def test_an_invisible_note_covers_nothing() -> None:
    appearance = f'<ofd:Appearance Boundary="18 48 170 12">{filled("0 0 170 12")}</ofd:Appearance>'
    hung = note(appearance, ' Visible="false"')
    assert (Layer.VISIBLE, "甲乙丙") in said(built(text("甲乙丙"), hung=hung))


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("255 255 255", "ffffff"), ("#FF #ff #fF", "ffffff"), ("255", "ffffff"),
        ("0 0 0 0", "ffffff"), ("0 0 0 255", "000000"), ("300 -5 0", "ff0000"), ("甲", ""),
        ("", ""), ("1 2", ""),
    ],
)  # fmt: skip
def test_colours_are_read_in_every_way_of_writing(value: str, colour: str) -> None:
    assert ofd_colours._hex(value) == colour


# What cannot be read is told.


def reasons(data: bytes) -> list[str]:
    return [each.reason for each in harvest(data).extraction.not_covered]


def test_a_page_without_words_is_not_covered() -> None:
    image = (
        '<ofd:ImageObject ID="11" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="20"/>'
    )
    scanned = page(image, shown=False)
    assert reasons(built(pages=(scanned,))) == ["本页是图片，没有文字可读；图片中的文字没有检查"]
    outlined = page(filled() * 3, shown=False)
    assert reasons(built(pages=(outlined,))) == [
        "本页没有文字可读，只有图形；画成图形的文字没有检查"
    ]
    assert reasons(built(pages=(page("", shown=False),))) == []


def test_pages_are_counted_and_a_seal_is_remarked() -> None:
    assert harvest(built(pages=(page(""), page("")))).extraction.pages == 3
    sealed = harvest(TRAPS["ofd: 签章的说明"](NUMBER)).extraction
    assert sealed.remarks == ("文件带有电子签章，处理后签章失效",)


def test_what_an_ordinary_document_holds_is_no_hidden_word() -> None:
    fonts = (
        '<ofd:Fonts><ofd:Font ID="3" FontName="方正小标宋简体" FamilyName="宋体">'
        "<ofd:FontFile>a.otf</ofd:FontFile></ofd:Font></ofd:Fonts>"
    )
    data = built(text("甲乙"), resources=fonts, parts={"Doc_0/Res/a.otf": b"OTTO words in a font"})
    assert {layer for layer, _ in said(data)} == {Layer.VISIBLE}


# Damage and size.


def outcome(data: bytes) -> str:
    try:
        harvest(data)
    except UnfitFileError as error:
        return error.reason or "without a reason"
    return ""


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


BROKEN = {
    "empty": b"",
    "cut off": b'<?xml version="1.0"?><ofd:Page xmlns:ofd="urn:o"><ofd:Content>',
    "no XML": b"\x00\x01\x02\xff" * 20,
    "entities": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    "too deep": b"<a>" * 5000 + b"</a>" * 5000,
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize(
    "part",
    [
        "OFD.xml",
        "Doc_0/Document.xml",
        "Doc_0/Pages/Page_0/Content.xml",
        "Doc_0/Annots/Annotations.xml",
    ],
)
def test_broken_parts_are_refused(kind: str, part: str) -> None:
    assert outcome(zipped({**parts_of(TRAPS["ofd: 注释的说明"](NUMBER)), part: BROKEN[kind]}))


def test_a_missing_page_is_refused() -> None:
    parts = parts_of(built())
    del parts["Doc_0/Pages/Page_0/Content.xml"]
    assert outcome(zipped(parts)) == "OFD 结构不完整，缺少必要的部分"


def test_a_file_cut_off_anywhere_is_refused() -> None:
    data = TRAPS["ofd: 注释的说明"](NUMBER)
    assert all(outcome(data[:end]) for end in range(0, len(data) - 1, 61))


@pytest.mark.parametrize("odd", ["", "-1", "0", "甲", "9" * 40, "1e999", "NaN", "inf -inf 1 1 1 1"])
def test_odd_numbers_are_read_as_they_can_be(odd: str) -> None:
    drawn = text(
        "甲",
        box=odd,
        look=f' CTM="{odd}" Alpha="{odd}"',
        code=f'X="{odd}" Y="{odd}" DeltaX="g {odd}"',
    )
    drawn += text("乙", code=f'X="0" Y="4" DeltaX="{odd}" DeltaY="{odd}"')
    drawn += filled("18 48 170 12", f'<ofd:FillColor Value="{odd}" Alpha="{odd}"/>')
    drawn += filled("0 0 1 1").replace("M 0 0", f"M {odd}")
    assert outcome(built(drawn)) == ""


def crowded(count: int) -> bytes:
    """A page of so many words and boxes."""
    return built(
        "".join(
            filled(f"{10 + at % 40 * 5} {at // 40 * 5} 4 4", WHITE)
            + text(NUMBER, box=f"10 {at % 250} 100 4")
            for at in range(count)
        )
    )


def test_a_page_of_many_words_and_boxes_is_read_in_good_time() -> None:
    few, many = crowded(375), crowded(1500)
    assert outcome(many) == ""
    assert seconds(lambda: outcome(many)) <= 12 * seconds(lambda: outcome(few)) + 0.3


def test_units_of_units_are_drawn_only_so_often() -> None:
    """Three units in each of eleven, one below the other: 88,573 drawings in two kilobytes."""
    below = "".join(
        '<ofd:CompositeObject ID="1" Boundary="0 0 10 10" ResourceID="{}"/>' for _ in range(3)
    )
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{500 + n}" Width="9" Height="9">'
        f"<ofd:Content>{below.format(*[501 + n] * 3)}</ofd:Content></ofd:CompositeGraphicUnit>"
        for n in range(11)
    )
    first = '<ofd:CompositeObject ID="51" Boundary="0 0 9 9" ResourceID="500"/>'
    resources = f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>"
    with pytest.raises(UnfitFileError, match="层层引用"):
        harvest(built(first, resources=resources))
