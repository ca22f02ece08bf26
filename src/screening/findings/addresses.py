"""Home addresses that go below township or street office; of a body's address nothing is said.

Reads the words around an address, knows no gazetteer. An address nobody calls a home is reported
only when it names a flat or a house in a village, for bodies seldom sit there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from screening.findings.contexts import words_for
from screening.findings.finding import Kind, Severity
from screening.findings.scene import Hit, Scene
from statute.citations import cite
from statute.masking import NO_ADDRESS, mask_address

_LABELS = words_for("home_labels")
_ENDS = ("室", "单元", "号", "组", "屯", "社")
_VILLAGE_ENDS = ("号", "组", "屯", "社")
CUES = (*_LABELS, *_ENDS)

_RUN = r"[\u4e00-\u9fffA-Za-z0-9０-９（）()·\-－—#]"
_AFTER_LABEL = re.compile(rf"[为：:是（(\s\x00]{{0,3}}({_RUN}{{2,60}})")
_NOT_RUN = re.compile(_RUN.replace("[", "[^", 1))
_LOWER = r"(?:村民委员会|社区|村|大道|路|街|巷|胡同|弄|小区|花园|公寓|家园|苑|屯|庄|组)"
_HOUSE = (
    r"(?:[0-9０-９]{1,5}(?:[-－—][0-9０-９]{1,4})?|[一二三四五六七八九十]{1,3})"
    r"(?:号楼|号院|号|弄|幢|栋|座|单元|室|组|户|楼|层|社)"
)
_LAST = re.compile(rf"{_HOUSE}|{_LOWER}")
_CORE = re.compile(rf"{_LOWER}{_RUN}{{0,6}}?{_HOUSE}")
_MORE = re.compile(rf"(?:{_RUN}{{0,4}}?{_HOUSE}){{1,4}}")
_HOUSE_IN = re.compile(_HOUSE)
_FLAT = re.compile(rf"单元|[0-9０-９]室|村{_RUN}{{0,8}}(?:组|号|屯|社)")
_OFFICE = words_for("office_address")
_BODIES = words_for("residence_of_body")
_RULE = cite("regulations#15")


def search(scene: Scene) -> Iterator[Hit]:
    """Labelled homes first, then what looks like one."""
    done: list[tuple[int, int]] = []
    for hit in (*_labelled(scene), *_in_columns(scene), *_unlabelled(scene)):
        if all(hit.end <= start or hit.start >= end for start, end in done[-50:]):
            done.append((hit.start, hit.end))
            yield hit


def _labelled(scene: Scene) -> Iterator[Hit]:
    text = scene.squeezed.text
    for sighting in scene.sightings["addresses"]:
        if sighting.cue not in _LABELS or (
            sighting.cue == "住所地" and _names_a_body(scene, sighting.start)
        ):
            continue
        match = _AFTER_LABEL.match(text, sighting.end)
        end = _end_of(match[1]) if match else 0
        if match and end:
            start = match.start(1)
            certain = _HOUSE_IN.search(text, start, start + end) is not None
            yield from _hit(scene, start, start + end, certain=certain)


def _end_of(run: str) -> int:
    """Where the last part of an address in a run of letters ends; 0 when there is none."""
    ends = [match.end() for match in _LAST.finditer(run)]
    return ends[-1] if ends else 0


def _names_a_body(scene: Scene, start: int) -> bool:
    before = scene.squeezed.text[max(0, start - 40) : start].rpartition("\0\0")[2]
    return any(word in before for word in _BODIES)


def _in_columns(scene: Scene) -> Iterator[Hit]:
    """Cells under a head that speaks of homes."""
    for index, head in scene.tables.announced.items():
        if not any(label in head for label in _LABELS):
            continue
        start, end = scene.stretch(index)
        text = "".join(scene.joined.text[start:end].split())
        if _end_of(text) and mask_address(text) != text and "*" not in text:
            yield _made(scene, start, end, certain=True)


def _unlabelled(scene: Scene) -> Iterator[Hit]:
    text = scene.squeezed.text
    done = 0
    for sighting in scene.sightings["addresses"]:
        if sighting.cue not in _ENDS or sighting.start < done or not _counted(text, sighting.start):
            continue
        before = text[max(done, sighting.start - 40) : sighting.start]
        if sighting.cue in _VILLAGE_ENDS and "村" not in before:
            continue
        start = sighting.start - len(_NOT_RUN.split(before)[-1])
        more = _MORE.match(text, sighting.end)
        end = more.end() if more else sighting.end
        done = end
        address = text[start:end]
        if _CORE.search(address) is None or _FLAT.search(address) is None:
            continue
        if not any(word in _around(scene, start, end) for word in _OFFICE):
            yield from _hit(scene, start, end, certain=False)


def _counted(text: str, end: int) -> bool:
    """Whether 室, 号 or the like stands behind a number."""
    before = text[end - 1 : end]
    return before.isdigit() or before in "一二三四五六七八九十"


def _around(scene: Scene, start: int, end: int) -> str:
    text = scene.squeezed.text
    before = text[max(0, start - 24) : start].rpartition("\0\0")[2]
    head = scene.head(scene.squeezed.raw(start))
    return head + before + text[start : end + 12].partition("\0")[0]


def _hit(scene: Scene, start: int, end: int, *, certain: bool) -> Iterator[Hit]:
    address = scene.squeezed.text[start:end]
    if mask_address(address) != "".join(address.split()):
        yield _made(scene, *scene.squeezed.raw_span(start, end), certain=certain)


def _made(scene: Scene, start: int, end: int, *, certain: bool) -> Hit:
    kept = mask_address(scene.joined.text[start:end])
    kept = "" if kept == NO_ADDRESS else kept
    return Hit(
        Kind.HOME_ADDRESS, Severity.MUST if certain else Severity.ANSWER, start, end,
        says="家庭住址写到乡镇、街道以下" if certain else "疑为家庭住址，写到乡镇、街道以下",
        suggestion=f"只写到乡镇、街道：“{kept}”" if kept else "删去住址",
        rule=_RULE, masked=f"{kept}***",
    )  # fmt: skip
