"""Files that stand still before they can be settled: waiting for the scanner, infected, not to be
cleaned, with more findings than are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from gongkai.disclosure.attachments import Attachment, attachments_of
from gongkai.disclosure.errors import DisclosureError
from gongkai.disclosure.models import Version
from gongkai.files import inspection, services
from gongkai.trail.actors import SYSTEM
from screening.passages import UnfitFileError
from screening.stripping.stripped import Stripped
from statute.check_digits import resident_check_digit
from tests.gongkai.disclosure.chain import LATER, Chain, drafted, staffed
from tests.gongkai.disclosure.filed import attached, fresh, sent_in, settled

pytestmark = pytest.mark.usefixtures("home")
HELD = {
    "未出结果": ("", "附件“说明.txt”正在等待查毒，查完以后请点“采用清理件”"),
    "有病毒": ("Eicar", "附件“说明.txt”查出恶意代码，请删去"),
}


@pytest.fixture
def chain(home: Path) -> Chain:
    return staffed()


def the_one(version: Version) -> Attachment:
    (found,) = attachments_of(fresh(version))
    return found


@pytest.mark.parametrize("case", HELD, ids=str)
def test_what_the_scanner_has_not_let_through_is_not_submitted(
    chain: Chain, settings: Settings, tmp_path: Path, case: str
) -> None:
    virus, sentence = HELD[case]
    settings.GONGKAI_CLAMD = str(tmp_path / "nobody.sock")
    version = drafted(chain)
    file = attached(chain, version)
    if virus:
        services.settle(file, virus, by=SYSTEM, at=LATER)
    settled(chain, version)
    assert the_one(version).obstacles == (sentence,)
    with pytest.raises(DisclosureError, match=r"附件“说明\.txt”"):
        sent_in(chain, version)


def test_let_through_it_is_cleaned_settled_and_submitted(
    chain: Chain, settings: Settings, tmp_path: Path
) -> None:
    settings.GONGKAI_CLAMD = str(tmp_path / "nobody.sock")
    version = drafted(chain)
    services.settle(attached(chain, version), "", by=SYSTEM, at=LATER)
    assert the_one(version).obstacles == (
        "附件“说明.txt”还没有清理件，请点“采用清理件”",
    )  # fmt: skip
    settled(chain, version)
    assert the_one(version).ready
    sent_in(chain, version)


def test_what_cannot_be_cleaned_says_why_and_is_settled_once_it_can(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = drafted(chain)
    real = inspection.stripped

    def broken(_content: bytes) -> Stripped:
        raise UnfitFileError("有电子签章")

    monkeypatch.setattr(inspection, "stripped", broken)
    attached(chain, version)
    (sentence,) = the_one(version).obstacles
    assert sentence == (
        "附件“说明.txt”：不能清理：有电子签章。请改好以后重新上传，或者换成 DOCX、XLSX、PDF"
    )
    with pytest.raises(DisclosureError, match="有电子签章"):
        sent_in(chain, version)
    monkeypatch.setattr(inspection, "stripped", real)
    settled(chain, version)
    assert the_one(version).ready
    assert "remark" not in fresh(version).files[0]


def test_of_many_findings_five_are_named_and_the_others_counted(chain: Chain) -> None:
    stems = [f"3399001980010100{number}1" for number in range(10, 17)]
    numbers = [stem[:17] + resident_check_digit(stem[:17]) for stem in stems]
    version = drafted(chain)
    attached(chain, version, "\n\n".join(f"证件号码：{one}。" for one in numbers), "名单.txt")
    held = the_one(version)
    assert held.must == 7
    assert len(held.obstacles) == 6
    assert held.obstacles[5] == "附件“名单.txt”另有2处发现，请打开附件的检查结果逐处处理"
