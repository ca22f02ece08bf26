"""Which duties there are: roles held per agency, and the three administrators of the installation.

Not who holds them (models) and not what they may do (policies).
"""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """A duty held within one agency."""

    DRAFTER = "drafter", "拟稿人"
    SECTION_REVIEWER = "section_reviewer", "科室审核人"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查人"
    DISCLOSURE_OFFICER = "disclosure_officer", "公开工作机构审核人"
    FINAL_REVIEWER = "final_reviewer", "终审人"
    CASE_HANDLER = "case_handler", "承办人"
    LEGAL_REVIEWER = "legal_reviewer", "合法性审核人"
    SIGNER = "signer", "签发人"
    SEAL_KEEPER = "seal_keeper", "用印管理员"
    INSPECTOR = "inspector", "检查员"
    AGENCY_ADMINISTRATOR = "agency_administrator", "机关管理员"
    AUDITOR = "auditor", "审计员"


class AdministratorRole(models.TextChoices):
    """The three administrators (三员) of the installation; nobody is two of them (GB/T 22239)."""

    SYSTEM = "system_administrator", "系统管理员"
    SECURITY = "security_administrator", "安全管理员"
    AUDIT = "audit_administrator", "审计管理员"


# Granted by the security administrator alone: whoever hands out duties in an agency, and whoever
# watches them, is not chosen by the agency's own administrator.
CONTROL_ROLES = frozenset({Role.AGENCY_ADMINISTRATOR, Role.AUDITOR})
BUSINESS_ROLES = frozenset(Role) - CONTROL_ROLES
