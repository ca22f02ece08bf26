"""Blackened is gone: classic bad ways fail the proof, the real way passes and can be replayed."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import closing

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from reportlab.lib.colors import black
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from screening.passages import Box, UnfitFileError
from screening.redaction import blacken, proof
from screening.redaction.blacken import redact
from screening.redaction.instructions import (
    Instructions,
    Mark,
    from_json,
    grounds_listed,
    ordered,
    to_json,
)
from screening.redaction.places import find_text, text_under
from screening.redaction.proof import prove
from screening.redaction.rendering import page_sizes, render_page
from tests.screening.build_pdf import (
    SHOWN,
    appended,
    both,
    box_over,
    classic,
    document,
    edited,
    file_on_page,
    layer_off,
    outside_crop,
    say,
    under_black_box,
    under_note_box,
    under_picture,
    white_text,
    xmp,
    xmp_of_file,
)

NUMBER = "110101190001010011"


def marks_for(data: bytes, *words: str, keep_elsewhere: bool = False) -> Instructions:
    """Marks on all places of the words."""
    places = find_text(data, words)
    marks = tuple(Mark(place.page, box, "privacy") for place in places for box in place.boxes)
    return ordered(marks, keep_elsewhere=keep_elsewhere)


BEFORE = document(say(NUMBER), say("second page"))
MARKS = marks_for(BEFORE, NUMBER)


def real() -> bytes:
    """The first page truly blackened."""
    return redact(BEFORE, MARKS).data


def with_second(first: bytes) -> bytes:
    """A file whose second page is the ordinary one."""
    with pikepdf.open(io.BytesIO(BEFORE)) as whole:
        return edited(first, lambda p: p.pages.append(whole.pages[1]))


def attached_original() -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["original.pdf"] = pikepdf.AttachedFileSpec(pdf, BEFORE)

    return edited(real(), add)


def saved_upon_the_old() -> bytes:
    """The old file, and the blackened page added to its end as another state of the first page."""
    old = classic(BEFORE)
    with pikepdf.open(io.BytesIO(old)) as pdf:
        page = pdf.pages[0].obj
        number = page.objgen[0]
        box = b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 400 300] >>"
        parent = page["/Parent"].objgen[0]
    return appended(old, {number: box % parent})


def number_in_xmp() -> bytes:
    def add(pdf: pikepdf.Pdf) -> None:
        pdf.Root["/Metadata"] = pikepdf.Stream(pdf, xmp(NUMBER))

    return edited(real(), add)


# Each of them looks black or empty on the screen, and nothing is gone.
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "文字上画黑框": (lambda: with_second(under_black_box(NUMBER)), "第1页还有文字"),
    "文字改成白色": (lambda: with_second(white_text(NUMBER)), "第1页还有文字"),
    "裁掉页面": (lambda: with_second(outside_crop(NUMBER)), "第1页还有文字"),
    "盖一个注释框": (lambda: with_second(under_note_box(NUMBER)), "第1页还有注释"),
    "盖一张图片": (lambda: with_second(under_picture(NUMBER)), "第1页不是一整张图片"),
    "关掉图层": (lambda: with_second(layer_off(NUMBER)), "第1页还有文字"),
    "附着原件": (attached_original, "文件里还带有其他文件"),
    "另存在旧文件之后": (saved_upon_the_old, "文件里还有以前保存的内容"),
    "留在 XMP 里": (number_in_xmp, "文件的字节里还有涂黑的文字"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_classic_bad_redaction_fails_the_proof(name: str) -> None:
    build, reason = BAD[name]
    found = prove(BEFORE, build(), MARKS)
    assert not found.holds
    assert reason in found.reasons
    assert not any(NUMBER in reason for reason in found.reasons)


@pytest.mark.parametrize("name", BAD)
def test_without_the_checks_a_bad_redaction_would_pass(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof, "CHECKS", {})
    assert prove(BEFORE, BAD[name][0](), MARKS).holds


@pytest.mark.parametrize("check", proof.CHECKS)
def test_every_check_catches_something_alone(check: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "CHECKS", {check: proof.CHECKS[check]})
    unmarked = document(say(NUMBER), say(NUMBER))
    bad = [(BEFORE, build()) for build, _ in BAD.values()]
    half = redact(unmarked, ordered(MARKS.marks, keep_elsewhere=True)).data
    cases = [*bad, (unmarked, half)]
    assert not all(prove(before, after, MARKS).holds for before, after in cases)


def test_a_real_redaction_passes_and_tells_what_it_proved() -> None:
    done = redact(BEFORE, MARKS)
    assert done.proof.holds
    assert (done.proof.pages, done.proof.places, done.proof.words) == ((1,), 1, 1)
    assert done.proof.before_sha256 != done.proof.after_sha256
    assert NUMBER not in repr(done.proof)


def test_the_touched_page_is_a_picture_and_the_other_keeps_its_words() -> None:
    with closing(pypdfium2.PdfDocument(real())) as file:
        texts = []
        for index in range(len(file)):
            with closing(file[index]) as page, closing(page.get_textpage()) as text:
                texts.append(text.get_text_range())
    assert texts[0] == ""
    assert SHOWN in texts[1]
    assert "second page" in texts[1]


def test_the_box_is_black_and_the_rest_of_the_page_as_before() -> None:
    before = Image.open(io.BytesIO(render_page(BEFORE, 1, 2))).convert("L")
    after = Image.open(io.BytesIO(render_page(real(), 1, 2))).convert("L")
    (mark,) = MARKS.marks
    box = tuple(
        round(e * 2) for e in (mark.box.left, mark.box.top, mark.box.right, mark.box.bottom)
    )
    left, top, right, bottom = box
    assert after.crop((left + 2, top + 2, right - 2, bottom - 2)).getextrema() == (0, 0)
    # The line for everybody stands in the upper part, well above the box.
    above = (0, 0, before.width, top - 8)
    dark = [sum(image.crop(above).histogram()[:128]) for image in (before, after)]
    assert dark[0] > 0
    assert abs(dark[0] - dark[1]) < dark[0] * 0.2
    assert after.crop((0, bottom + 8, after.width, after.height)).getextrema()[0] == 255


def test_the_same_instructions_give_the_same_bytes() -> None:
    replayed = from_json(to_json(MARKS))
    assert replayed == MARKS
    assert redact(BEFORE, replayed).data == real()


def test_marks_made_in_any_order_are_the_same_instructions() -> None:
    two = (Mark(2, Box(1, 1, 9, 9), "b"), Mark(1, Box(1, 5, 9, 9.001), "a"))
    assert ordered(two) == ordered((two[1], two[0], two[0]))
    assert [mark.page for mark in ordered(two).marks] == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"version":2,"marks":[]}',
        '{"version":1,"marks":{}}',
        '{"version":1,"marks":[1]}',
        '{"version":1,"marks":[{"page":0,"box":[0,0,1,1],"ground":"a"}]}',
        '{"version":1,"marks":[{"page":true,"box":[0,0,1,1],"ground":"a"}]}',
        '{"version":1,"marks":[{"page":1,"box":[0,0,1],"ground":"a"}]}',
        '{"version":1,"marks":[{"page":1,"box":[0,0,1,NaN],"ground":"a"}]}',
        '{"version":1,"marks":[{"page":1,"box":[0,0,1,1],"ground":""}]}',
    ],
)
def test_broken_instructions_are_refused(text: str) -> None:
    with pytest.raises(UnfitFileError):
        from_json(text)


def test_grounds_are_listed_for_the_letter() -> None:
    box = Box(1, 1, 9, 9)
    marks = (Mark(3, box, "privacy"), Mark(1, box, "privacy"), Mark(1, box, "secret"))
    wordings = {"secret": "涉及商业秘密", "privacy": "涉及个人隐私", "other": "未使用"}
    listed = [line.sentence() for line in grounds_listed(ordered(marks), wordings)]
    assert listed == ["第1页共1处：涉及商业秘密。", "第1、3页共2处：涉及个人隐私。"]
    with pytest.raises(KeyError):
        grounds_listed(ordered(marks), {"secret": "涉及商业秘密"})


def chinese(*lines: str) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for index, line in enumerate(lines):
            canvas.drawString(40, 200 - 20 * index, line)

    return document(draw)


def test_all_places_of_words_are_found_over_spaces_widths_and_lines() -> None:
    data = chinese("姓名：王 某 某", "号码：１１０１０１", "190001010011", "又见王某某")
    names = find_text(data, ["王某某"])
    assert [place.boxes[0].top < place.boxes[0].bottom for place in names] == [True, True]
    (number,) = find_text(data, [NUMBER])
    assert len(number.boxes) == 2
    assert find_text(data, ["李某"]) == ()
    assert find_text(data, [" "]) == ()


def test_the_boxes_cover_the_letters() -> None:
    data = chinese("姓名：王某某，男")
    (place,) = find_text(data, ["王某某"])
    assert text_under(data, Mark(1, place.boxes[0], "a")) == "王某某"
    instructions = marks_for(data, "王某某")
    assert redact(data, instructions).proof.holds


def test_marked_words_that_stand_elsewhere_stop_the_file_unless_they_may() -> None:
    data = document(say(NUMBER), say(NUMBER))
    with pytest.raises(UnfitFileError, match="第2页还有涂黑的文字没有标出"):
        redact(data, MARKS)
    assert redact(data, ordered(MARKS.marks, keep_elsewhere=True)).proof.holds
    assert redact(data, marks_for(data, NUMBER)).proof.pages == (1, 2)


def test_a_mark_beside_the_page_is_refused() -> None:
    for mark in (
        Mark(9, Box(0, 0, 9, 9), "a"),
        Mark(1, Box(500, 0, 600, 9), "a"),
        Mark(1, Box(10, 10, 10, 20), "a"),
    ):
        with pytest.raises(UnfitFileError):
            redact(BEFORE, ordered((mark,)))
    with pytest.raises(UnfitFileError, match="没有标出"):
        redact(BEFORE, Instructions())


def test_no_file_without_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blacken, "prove", lambda *_: prove(BEFORE, BEFORE, MARKS))
    with pytest.raises(UnfitFileError, match="涂黑没有通过检验"):
        redact(BEFORE, MARKS)


def test_without_burning_in_the_proof_stops_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screening.stripping.pdf_raster.burn", lambda *_: None)
    with pytest.raises(UnfitFileError, match="第1页有一处没有涂黑"):
        redact(BEFORE, MARKS)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_marks_on_turned_pages_are_black_where_they_are_seen(turn: int) -> None:
    data = edited(document(say(NUMBER)), lambda p: p.pages[0].obj.__setitem__("/Rotate", turn))
    assert page_sizes(data) == ((300, 400) if turn != 180 else (400, 300),)
    (place,) = find_text(data, [NUMBER])
    assert text_under(data, Mark(1, place.boxes[0], "a")) == NUMBER
    assert redact(data, marks_for(data, NUMBER)).proof.holds


def photograph(canvas: Canvas) -> None:
    """Draws a red disc and a picture full of noise."""
    noise = Image.effect_noise((600, 400), 90).convert("RGB")
    canvas.setFillColorRGB(0.8, 0, 0)
    canvas.circle(300, 60, 30, fill=1)
    canvas.drawInlineImage(noise, 20, 20, 200, 100)


def test_coloured_pages_stay_coloured_and_photographs_are_packed_small() -> None:
    data = document(both(photograph, box_over(black), say(NUMBER)))
    marks = ordered((Mark(1, Box(30, 130, 290, 160), "a"),))
    done = redact(data, marks)
    page = Image.open(io.BytesIO(render_page(done.data, 1, 1))).convert("RGB")
    red, green, _ = page.crop((300, 240, 301, 241)).tobytes()
    assert red > 150
    assert green < 60


def test_many_pages_are_packed_smaller_and_are_black_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = document(both(photograph, say(NUMBER)))
    marks = marks_for(data, NUMBER)
    sizes = []
    for room in (600_000, 60_000, 9_000):
        monkeypatch.setattr("screening.stripping.pdf_raster._PAGE_BYTES", room)
        sizes.append(len(redact(data, marks).data))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[-1]


def test_pages_and_scales_out_of_range_are_refused() -> None:
    for page, scale in ((0, 1.0), (3, 1.0), (1, 0.0), (1, 99.0)):
        with pytest.raises(UnfitFileError):
            render_page(BEFORE, page, scale)


def test_words_in_attached_files_and_properties_are_stripped_too() -> None:
    for build in (file_on_page, xmp_of_file):
        data = build(NUMBER)
        box = ordered((Mark(1, Box(30, 30, 300, 60), "a"),))
        assert NUMBER.encode() not in redact(data, box).data


def test_empty_dictionaries_of_notes_do_not_hinder() -> None:
    data = edited(BEFORE, lambda p: p.pages[0].obj.__setitem__("/Annots", Array([Dictionary()])))
    assert redact(data, MARKS).proof.holds
    named = edited(BEFORE, lambda p: p.Root.__setitem__("/Extra", Array([Name.A, String(NUMBER)])))
    assert redact(named, MARKS).proof.holds
