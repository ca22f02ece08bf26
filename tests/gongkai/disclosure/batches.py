"""Import batches in every state that a test starts from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.disclosure.models import ImportBatch
from gongkai.disclosure.services.clearing_batches import clear_batch, pass_batch
from gongkai.disclosure.services.importing import import_batch, seal_batch
from gongkai.disclosure.steps import Step
from tests.gongkai.disclosure.chain import AT, LATER, Chain
from tests.gongkai.disclosure.lists import HEADS, xlsx

SOURCE = "县政府网站旧版"


def imported(
    chain: Chain,
    path: Path,
    *rows: list[Any],
    name: str = "历年文件",
    heads: tuple[str, ...] = HEADS,
    folder: Path | None = None,
) -> ImportBatch:
    """Rows brought in by the disclosure officer."""
    return import_batch(
        chain.agency,
        xlsx(path / f"{name}.xlsx", *rows, heads=heads),
        folder=folder,
        label=name,
        source=SOURCE,
        by=chain.actor("officer"),
        at=AT,
    )


def sealed(chain: Chain, batch: ImportBatch) -> ImportBatch:
    """The same, under review."""
    return seal_batch(batch, by=chain.actor("officer"), at=AT)


def passed_batch(chain: Chain, batch: ImportBatch) -> ImportBatch:
    """The same with both passes."""
    batch = sealed(chain, batch)
    for step, who in ((Step.SECRECY, "secrecy"), (Step.FINAL, "final")):
        pass_batch(batch, step, digest=batch.digest, by=chain.actor(who), at=AT)
    return batch


def public_batch(chain: Chain, batch: ImportBatch) -> ImportBatch:
    """The same, cleared, and public as far as it is 主动公开."""
    batch = passed_batch(chain, batch)
    clear_batch(batch, by=chain.actor("officer"), at=LATER)
    return batch
