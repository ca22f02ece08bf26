"""The four steps of review in their order, and what a verdict may be.

Who may give one stands in policies.py, what the database demands in triggers.py.
"""

from __future__ import annotations

from django.db import models


class Step(models.TextChoices):
    """科室初审 → 保密审查 → 公开属性和公开工作机构审核 → 终审 (`regulations#17`)."""

    SECTION = "section", "科室初审"
    SECRECY = "secrecy", "保密审查"
    DISCLOSURE = "disclosure", "公开工作机构审核"
    FINAL = "final", "终审"


class Verdict(models.TextChoices):
    """What a reviewer may say; `refer` is “cannot determine” (`regulations#17`)."""

    PASS = "pass", "通过"
    RETURN = "return", "退回"
    REFER = "refer", "不能确定，报请确定"


class Path(models.TextChoices):
    """How a version came to its clearance."""

    STANDARD = "standard", "逐级审查"
    EMERGENCY = "emergency", "应急缩短审查"
    IMPORT = "import", "导入批次审查"


STEPS: tuple[Step, ...] = tuple(Step)
# A return goes back to a step, or to the drafter: then the version ends.
TO_DRAFTER = "drafter"
POSITIONS: dict[str, int] = {TO_DRAFTER: 0} | {step: n for n, step in enumerate(STEPS, 1)}


def after(step: Step) -> Step | None:
    """The step that follows, or None after the final one."""
    position = STEPS.index(step) + 1
    return STEPS[position] if position < len(STEPS) else None
