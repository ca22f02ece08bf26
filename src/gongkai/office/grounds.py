"""On which grounds a place may be withheld, as shown in the editor and in the letter's list."""

from __future__ import annotations

from dataclasses import dataclass

from statute.citations import Citation, cite
from statute.texts.anchors import cited


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground by its id in the instructions, its wording, its article."""

    id: str
    wording: str
    source: Citation


GROUNDS: tuple[Ground, ...] = (
    Ground("privacy", "涉及个人隐私，公开会损害第三方合法权益", cite("regulations#15")),
    Ground("trade", "涉及商业秘密，公开会损害第三方合法权益", cite("regulations#15")),
    Ground("secret", "依法确定为国家秘密", cite("regulations#14")),
    Ground("forbidden", "法律、行政法规禁止公开", cite("regulations#14")),
    Ground(
        "stability", "公开后可能危及国家安全、公共安全、经济安全、社会稳定", cite("regulations#14")
    ),
    Ground("internal", "属于内部事务信息", cite("regulations#16")),
    Ground("process", "属于过程性信息或者行政执法案卷信息", cite("regulations#16")),
)
WORDINGS: dict[str, str] = {one.id: one.wording for one in GROUNDS}
CHOICES: list[tuple[str, str]] = [
    (one.id, f"{one.wording}（{cited(one.source)}）") for one in GROUNDS
]
