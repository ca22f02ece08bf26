"""What is taken in, under which names, within which limits; and what is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.apps import apps

from gongkai.files import services
from gongkai.files.errors import FileRefusedError
from gongkai.files.models import Role, State, StoredFile
from gongkai.files.registry import Owner
from gongkai.files.services.intake import read_within
from gongkai.files.subjects import outgoing_name
from gongkai.jobs.models import OutboxRow
from screening.passages import Carrier, UnfitFileError
from tests.gongkai.files.cases import (
    AT,
    OTHER_CASE,
    SECOND,
    TEXT,
    taken,
    told,
)
from tests.gongkai.files.pipeline import Pipeline


def inside(home: Path) -> list[Path]:
    """Files of the folder."""
    return [path for path in (home / "files").rglob("*") if path.is_file()]


def test_a_file_is_kept_under_its_hash_sealed_and_for_us_alone(
    pipeline: Pipeline, home: Path
) -> None:
    file = taken(name="张三身份证.txt")
    assert (file.role, file.state, file.number) == (Role.ORIGINAL, State.READY, 1)
    assert (file.size, file.carrier) == (len(TEXT.encode()), Carrier.TEXT)
    (path,) = inside(home)
    assert path == home / "files" / file.stored_as[:2] / file.stored_as[2:4] / file.stored_as
    assert path.stat().st_mode & 0o777 == 0o600
    assert {one.stat().st_mode & 0o777 for one in (path.parent, path.parent.parent)} == {0o700}
    assert "补贴".encode() not in path.read_bytes()
    assert told("files.taken_in") == [
        f"云溪县农业农村局承办人甲收存附件1（原件）：文本，{file.size}字节，摘要{file.sha256}"
    ]


def test_the_name_it_came_with_stands_nowhere_in_clear(pipeline: Pipeline) -> None:
    taken(name="张三身份证.txt")
    for model in apps.get_models():
        assert "张三" not in str(list(model._default_manager.values())), model


def test_the_name_it_came_with_is_shown_for_a_reason(pipeline: Pipeline) -> None:
    file = taken(name="张三身份证.txt")
    name = services.name_it_came_with(file, by=SECOND, at=AT, reason="核对上传的材料")
    assert name == "张三身份证.txt"
    assert len(told("vault.revealed")) == 1


ODD_NAMES = {
    "含 NUL": "答复\0.txt",
    "含右至左标记": "答复\u202etxt.exe",
    "九十五个汉字": "表" * 95 + ".pdf",
    "二百五十五字节": "表" * 83 + "ab.pdf",
    "两百万字": "长" * 2_000_000,
    "上级目录": "../../../etc/passwd",
    "绝对路径": "/etc/cron.d/x",
    "反斜线": "..\\..\\windows\\system32\\x.txt",
    "设备名": "CON.txt",
    "空名": "",
    "只有点": "..",
    "孤立的代理字符": "答复\udcff.txt",
    "换行": "答\r\n复.txt",
    "像身份证": "11010119000101001X.txt",
}


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES.keys())
def test_an_odd_name_does_no_harm(pipeline: Pipeline, home: Path, name: str) -> None:
    before = set(home.parent.iterdir())
    file = taken(name=name)
    shown = services.name_it_came_with(file, by=SECOND, at=AT, reason="核对上传的材料")
    assert len(shown.encode()) <= 255
    assert not set(shown) & set("\0\u202e/\\\r\n")
    assert [path.name for path in inside(home)] == [file.stored_as]
    assert set(home.parent.iterdir()) == before
    sent = outgoing_name(file)
    assert sent.endswith(".txt")
    assert len(sent.encode()) <= 255


def test_the_same_content_again_is_the_file_that_is_there(pipeline: Pipeline, home: Path) -> None:
    first = taken()
    assert taken(name="另一个名字.txt", by=SECOND) == first
    assert len(inside(home)) == 1
    assert StoredFile.objects.count() == 1
    other = taken(owner=OTHER_CASE)
    assert other.pk != first.pk
    assert other.number == 1
    assert taken("另一份").number == 2
    # The same content for two owners lies there twice, each under its own key.
    assert other.stored_as != first.stored_as


class Endless:
    """An upload that never ends, and counts what was read of it."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int, /) -> bytes:
        self.given += size
        return b"x" * size


def test_an_endless_upload_is_cut_off_at_the_limit() -> None:
    stream = Endless()
    with pytest.raises(UnfitFileError, match="超过"):
        read_within(stream, 3_000_000)
    assert stream.given <= 3_000_000 + 2 * (1 << 20)


def test_at_the_limit_it_is_taken_and_a_byte_above_it_is_not() -> None:
    assert len(read_within(io.BytesIO(b"x" * 1000), 1000)) == 1000
    with pytest.raises(UnfitFileError):
        read_within(io.BytesIO(b"x" * 1001), 1000)


def test_what_is_refused_leaves_nothing_but_a_line_in_the_trail(
    pipeline: Pipeline, home: Path
) -> None:
    pipeline.unfit = "是可执行程序"
    with pytest.raises(FileRefusedError, match="是可执行程序"):
        taken()
    with pytest.raises(FileRefusedError, match="空的"):
        taken(b"")
    assert StoredFile.objects.count() == 0
    assert not (home / "files").exists()
    assert told("files.refused") == [
        "云溪县农业农村局承办人甲上传的文件未予收存：是可执行程序",
        "云溪县农业农村局承办人甲上传的文件未予收存：文件是空的",
    ]


def test_a_refusal_that_quotes_a_number_does_not_bring_it_into_the_trail(
    pipeline: Pipeline,
) -> None:
    pipeline.unfit = "部件 11010119000101001X 损坏 13800138000"
    with pytest.raises(FileRefusedError):
        taken()
    assert told("files.refused") == ["云溪县农业农村局承办人甲上传的文件未予收存：内容不合要求"]


def test_a_kind_of_owner_that_nobody_registered_gets_no_files(pipeline: Pipeline) -> None:
    with pytest.raises(FileRefusedError, match="没有登记"):
        taken(owner=Owner("unheard_of", "1"))


def test_a_file_taken_in_is_looked_through_in_the_background(pipeline: Pipeline) -> None:
    file = taken()
    orders = OutboxRow.objects.filter(name="files.screen")
    assert [one.arguments for one in orders] == [{"file": str(file.pk)}]
