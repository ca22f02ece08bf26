"""The one gate: each way in which a file may not go out, and that its guard is what holds it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.files import contents, services, storage
from gongkai.files.errors import FileRefusedError, ReleaseRefusedError
from gongkai.files.models import Channel, Release, ReleasedItem, State, StoredFile, Verdict
from gongkai.files.registry import Owner
from gongkai.files.services import releasing
from gongkai.files.services.releasing import ReleasedFile
from gongkai.guards.triggers import registered
from gongkai.vault.services import destroy
from screening.passages import Carrier
from tests.gongkai.databases import as_owner
from tests.gongkai.files.cases import (
    AT,
    CASE,
    KIND,
    LATER,
    LATEST,
    OTHER_CASE,
    SECOND,
    STEM,
    TEXT,
    UPLOADER,
    taken,
    told,
)
from tests.gongkai.files.pipeline import ANSWER, HINT, MUST, Pipeline

MARKS = {"marks": [{"page": 1}]}
MORE = {"marks": [{"page": 1}, {"page": 2}]}
LAST = LATEST.replace(minute=59)


@dataclass(slots=True)
class Scene:
    """A file that may go out, and what stands around it; a case makes one thing wrong."""

    pipeline: Pipeline
    monkeypatch: pytest.MonkeyPatch
    original: StoredFile
    files: list[StoredFile]
    subject: Owner = CASE
    at: datetime = LAST


@pytest.fixture
def scene(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A stripped and screened file of the case."""
    pipeline.carrier = Carrier.PDF
    original = taken()
    return Scene(pipeline, monkeypatch, original, [made(original)])


def made(original: StoredFile, *, at: datetime = LATER) -> StoredFile:
    """Stripped and looked through."""
    file = services.strip(original, by=UPLOADER, at=at)
    services.screen(file, by=UPLOADER, at=at)
    return file


def let_out(scene: Scene) -> tuple[ReleasedFile, ...]:
    """What the gate lets out."""
    return services.release(
        scene.files, to=Channel.WEB, by=SECOND, at=scene.at, subject=scene.subject
    )


def of_another_case(scene: Scene) -> None:
    scene.files = [made(taken(owner=OTHER_CASE))]


def the_original(scene: Scene) -> None:
    services.screen(scene.original, by=UPLOADER, at=LATER)
    scene.files = [scene.original]


def in_quarantine(scene: Scene) -> None:
    set_state(scene.files[0], State.QUARANTINED)


def from_an_infected_one(scene: Scene) -> None:
    set_state(scene.original, State.INFECTED)


def other_bytes_on_the_disk(scene: Scene) -> None:
    real = contents.read
    scene.monkeypatch.setattr(contents, "read", lambda file: real(file) + b" more")


def never_screened(scene: Scene) -> None:
    scene.files = [services.strip(scene.original, by=UPLOADER, at=LATEST)]


def screening_failed(scene: Scene) -> None:
    scene.pipeline.unfit = "文件损坏"
    services.screen(scene.files[0], by=UPLOADER, at=LATEST)
    scene.pipeline.unfit = ""


def lists_changed_since(scene: Scene) -> None:
    scene.pipeline.version = "2026-2"


def found(*findings: str) -> Callable[[Scene], None]:
    by_name = {"must": MUST, "answer": ANSWER, "hint": HINT}

    def act(scene: Scene) -> None:
        scene.pipeline.found = tuple(by_name[one] for one in findings)
        services.screen(scene.files[0], by=UPLOADER, at=LATEST)

    return act


def only_said_to_be_fixed(scene: Scene) -> None:
    found("must")(scene)
    services.decide(
        scene.files[0], MUST.key, verdict=Verdict.FIXED, reason="已在原文改正", by=SECOND, at=LATEST
    )


def stripped_beside_a_blackened_one(scene: Scene) -> None:
    services.redact(scene.original, MARKS, by=UPLOADER, at=LATER)


def an_older_one(scene: Scene) -> None:
    made(scene.original, at=LATEST)


def boxes_drawn_and_not_burnt_in(scene: Scene) -> None:
    services.save_draft(scene.original, MARKS, version=0, by=UPLOADER, at=AT)


def boxes_drawn_on_the_stripped(scene: Scene) -> None:
    services.save_draft(scene.files[0], MARKS, version=0, by=UPLOADER, at=LATEST)


def more_boxes_than_burnt_in(scene: Scene) -> None:
    services.save_draft(scene.original, MORE, version=0, by=UPLOADER, at=AT)
    scene.files = [services.redact(scene.original, MARKS, by=UPLOADER, at=LATEST)]
    services.screen(scene.files[0], by=UPLOADER, at=LATEST)


# What is wrong → how to make it so, the guard that sees it, a word of its reason.
REFUSALS: dict[str, tuple[Callable[[Scene], None], str, str]] = {
    "别的事项的文件": (of_another_case, "belongs", "不属于本事项"),
    "原件": (the_original, "was_made_to_go_out", "是原件"),
    "隔离中": (in_quarantine, "is_free", "隔离待查毒"),
    "原件有恶意代码": (from_an_infected_one, "is_free", "恶意代码"),
    "内容与摘要不符": (other_bytes_on_the_disk, "is_whole", "摘要不符"),
    "没有检查": (never_screened, "was_screened", "没有检查过"),
    "检查没有结果": (screening_failed, "was_screened", "文件损坏"),
    "词表已更新": (lists_changed_since, "was_screened", "词表已经更新"),
    "有必须处理的发现": (found("must", "hint"), "nothing_must_be_done", "1处必须处理"),
    "只说改了其实还在": (only_said_to_be_fixed, "nothing_must_be_done", "1处必须处理"),
    "有没答复的发现": (found("answer"), "everything_is_answered", "1处要答复"),
    "另有遮盖件": (stripped_beside_a_blackened_one, "is_blackest", "未遮盖"),
    "另有更新的": (an_older_one, "is_latest", "更新的"),
    "画了框没有遮盖": (boxes_drawn_and_not_burnt_in, "follows_the_draft", "方案中有1处"),
    "清理件上画了框": (boxes_drawn_on_the_stripped, "follows_the_draft", "方案中有1处"),
    "框比遮盖的多": (more_boxes_than_burnt_in, "follows_the_draft", "方案不符"),
}
# Which of them the database refuses by itself, whatever the gate says.
REFUSED_BY_THE_DATABASE = {
    "别的事项的文件",
    "原件",
    "隔离中",
    "内容与摘要不符",
    "没有检查",
    "另有遮盖件",
}


def set_state(file: StoredFile, state: State) -> None:
    """By the owner of the database, past the triggers."""
    without_triggers()
    StoredFile.objects.filter(pk=file.pk).update(state=state)


def without_triggers() -> None:
    with as_owner(connection), connection.cursor() as cursor:
        for one in registered():
            if one.table.startswith("files_"):
                on = f' ON "{one.table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{one.name}"{on}')


def without(guard: str) -> Sequence[releasing.Guard]:
    """All guards but one."""
    left = tuple(one for one in releasing.GUARDS if getattr(one, "__name__", "") != guard)
    assert len(left) == len(releasing.GUARDS) - 1
    return left


def test_what_is_stripped_screened_and_free_of_findings_goes_out(scene: Scene) -> None:
    (out,) = let_out(scene)
    assert out.content == TEXT.encode() + b"stripped"
    assert out.sha256 == contents.digest(out.content) == scene.files[0].sha256
    assert out.media_type == "application/pdf"
    assert STEM in out.name
    assert out.name.endswith(".pdf")
    row = Release.objects.get()
    assert (row.channel, row.subject_kind, row.subject_id) == ("web", KIND, "12")
    item = ReleasedItem.objects.get()
    assert (item.file_id, item.sha256) == (scene.files[0].pk, out.sha256)
    assert item.original_sha256 == scene.original.sha256
    (sentence,) = told("files.released")
    assert out.sha256 in sentence
    assert "网上公开" in sentence


@pytest.mark.parametrize("case", REFUSALS.values(), ids=REFUSALS.keys())
def test_the_gate_refuses_and_without_its_guard_would_not(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, case: tuple[Callable[[Scene], None], str, str]
) -> None:
    make_wrong, guard, word = case
    make_wrong(scene)
    with pytest.raises(ReleaseRefusedError) as refusal:
        let_out(scene)
    assert [reason for reason in refusal.value.reasons if word in reason]
    assert Release.objects.count() == 0
    assert len(told("files.release_refused")) == 1
    # The control: the same harness, this guard (and the database's own) taken out.
    without_triggers()
    monkeypatch.setattr(releasing, "GUARDS", without(guard))
    assert len(let_out(scene)) == 1


@pytest.mark.parametrize("name", REFUSALS)
def test_the_database_refuses_too_what_it_can_see(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if name in {"隔离中", "原件有恶意代码"}:
        return  # cannot come about while the triggers stand: tested with the attacks
    REFUSALS[name][0](scene)
    monkeypatch.setattr(releasing, "GUARDS", ())
    try:
        with transaction.atomic():
            let_out(scene)
    except IntegrityError:
        refused = True
    else:
        refused = False
    assert refused is (name in REFUSED_BY_THE_DATABASE)


def test_one_unfit_file_keeps_the_whole_set_back_and_all_reasons_are_told(scene: Scene) -> None:
    second = made(taken("第二份"))
    scene.files = [second, scene.original, made(taken("第三份", owner=OTHER_CASE))]
    with pytest.raises(ReleaseRefusedError) as refusal:
        let_out(scene)
    assert refusal.value.reasons == (
        "附件1（原件）：是原件，须先清理或者遮盖",
        "附件1（原件）：没有检查过",
        "附件1（清理件）：不属于本事项",
    )


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda scene: setattr(scene, "files", []), "没有要发出的文件"),
        (lambda scene: setattr(scene, "files", scene.files * 2), "列了两次"),
        (lambda scene: setattr(scene, "subject", Owner("unheard_of", "12")), "没有登记"),
        (lambda scene: setattr(scene, "files", [StoredFile(owner_kind=KIND)]), "不在系统中"),
        (lambda scene: storage.path_of(scene.files[0].stored_as).unlink(), "读不出来"),
        (
            lambda scene: destroy(KIND, "12", by=SECOND, at=AT, reason="保存期限届满"),
            "密钥已销毁",
        ),
    ],
    ids=["空", "重复", "种类未登记", "没有这份文件", "磁盘上没有了", "密钥已销毁"],
)
def test_what_cannot_even_be_looked_at_does_not_go_out(
    scene: Scene, change: Callable[[Scene], object], word: str
) -> None:
    change(scene)
    with pytest.raises(ReleaseRefusedError, match=word):
        let_out(scene)
    assert Release.objects.count() == 0


def test_an_unforeseen_error_of_a_guard_lets_nothing_out(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_candidate: releasing.Candidate) -> str:
        raise RuntimeError

    monkeypatch.setattr(releasing, "GUARDS", (*releasing.GUARDS, broken))
    with pytest.raises(RuntimeError), transaction.atomic():
        let_out(scene)
    assert Release.objects.count() == 0


def test_a_blackened_file_goes_out_beside_the_stripped_one(scene: Scene) -> None:
    services.save_draft(scene.original, MARKS, version=0, by=UPLOADER, at=LATER)
    file = services.redact(scene.original, MARKS, by=UPLOADER, at=LATEST)
    services.screen(file, by=UPLOADER, at=LATEST)
    scene.files = [file]
    assert let_out(scene)[0].content.endswith(b"blackened")


def test_a_finding_that_must_be_dealt_with_is_left_standing_by_a_second_person_only(
    scene: Scene,
) -> None:
    found("must", "answer", "hint")(scene)
    file = scene.files[0]

    def justify(key: str, by: object = UPLOADER) -> None:
        services.decide(
            file,
            key,
            verdict=Verdict.JUSTIFIED,
            reason="法定代表人姓名依法公开",
            by=UPLOADER if by is UPLOADER else SECOND,
            at=LATEST,
        )

    justify(ANSWER.key)
    with pytest.raises(FileRefusedError, match="第二人"):
        justify(MUST.key)
    with pytest.raises(ReleaseRefusedError, match="1处必须处理"):
        let_out(scene)
    justify(MUST.key, SECOND)
    assert let_out(scene)


def test_a_decision_stands_until_the_words_change(scene: Scene) -> None:
    found("answer")(scene)
    services.decide(
        scene.files[0],
        ANSWER.key,
        verdict=Verdict.JUSTIFIED,
        reason="图片已经人工看过",
        by=UPLOADER,
        at=LATEST,
    )
    # Made and looked through anew: the same words, the same key, the decision stands.
    again = made(scene.original, at=LATEST.replace(minute=50))
    scene.files = [again]
    assert let_out(scene)
    scene.pipeline.found = (replace(ANSWER, key="d4"),)
    services.screen(again, by=UPLOADER, at=LATEST.replace(minute=55))
    with pytest.raises(ReleaseRefusedError, match="1处要答复"):
        let_out(scene)


@pytest.mark.parametrize("channel", Channel)
def test_there_is_one_gate_for_every_way_out(scene: Scene, channel: Channel) -> None:
    scene.files = [scene.original]
    with pytest.raises(ReleaseRefusedError):
        services.release(scene.files, to=channel, by=SECOND, at=AT, subject=CASE)
