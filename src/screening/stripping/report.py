"""Before and after stripping: what each layer held, what is gone, what is lost with it, and hashes.

It compares; it neither strips nor decides whether the file goes out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from screening.passages import Carrier, Extraction, Layer
from screening.stripping.stripped import Removal, Stripped

_SIGNATURES = "电子签章"


@dataclass(frozen=True, slots=True)
class LayerCount:
    """How many passages a layer held before and after."""

    layer: Layer
    before: int
    after: int

    def wording(self) -> str:
        """批注：清理前 3 处，清理后 0 处."""
        return f"{self.layer.label}：清理前 {self.before} 处，清理后 {self.after} 处"


@dataclass(frozen=True, slots=True)
class StripReport:
    """Both hashes, the counts of every layer that held words, the removals, and the warnings."""

    carrier: Carrier
    sha256_before: str
    sha256_after: str
    layers: tuple[LayerCount, ...]
    removed: tuple[Removal, ...]
    warnings: tuple[str, ...]

    def wording(self) -> str:
        """The report in Chinese, a line for each layer, removal and warning."""
        lines = [f"文件类型：{self.carrier.label}"]
        lines += [row.wording() for row in self.layers]
        if self.removed:
            lines.append(
                "已去除：" + "；".join(f"{one.what} {one.count} 处" for one in self.removed)
            )
        else:
            lines.append("没有要去除的内容")
        lines += [f"注意：{warning}" for warning in self.warnings]
        lines.append(f"清理前 SHA-256：{self.sha256_before}")
        lines.append(f"清理后 SHA-256：{self.sha256_after}")
        return "\n".join(lines)


def compare(
    original: bytes, before: Extraction, after: Extraction, stripped: Stripped
) -> StripReport:
    """The report on one file: its bytes and words before, its words after, what was stripped."""
    counts = _counts(before), _counts(after)
    layers = tuple(
        LayerCount(layer, counts[0][layer], counts[1][layer])
        for layer in Layer
        if counts[0][layer] or counts[1][layer]
    )
    return StripReport(
        carrier=stripped.carrier,
        sha256_before=sha256(original).hexdigest(),
        sha256_after=sha256(stripped.data).hexdigest(),
        layers=layers,
        removed=stripped.removed,
        warnings=tuple(_warnings(after, stripped)),
    )


def _counts(extraction: Extraction) -> Counter[Layer]:
    return Counter(passage.place.layer for passage in extraction.passages)


def _warnings(after: Extraction, stripped: Stripped) -> list[str]:
    found = [
        f"{one.what}（{one.count} 个）已随清理失效，请确认发布的文件不需要它"
        for one in stripped.removed
        if _SIGNATURES in one.what
    ]
    found += [f"{part.place.wording()}：{part.reason}" for part in after.not_covered[:20]]
    more = len(after.not_covered) - 20
    return [*found, f"另有 {more} 处没有检查"] if more > 0 else found
