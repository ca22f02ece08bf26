"""People, what they hold, who stands in for them; not what a duty allows (policies)."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.accounts.roles import AdministratorRole, Role

USERNAME = RegexValidator(
    r"^[a-z][a-z0-9._-]{2,31}\Z",
    "登录名为 3–32 个字符：小写字母开头，其后为小写字母、数字、点、下划线或连字符。",
)


class UserManager(BaseUserManager["User"]):
    """Finds users by login name. It makes none, and no superuser exists: services.create_user."""


class User(AbstractBaseUser):
    """A person of the staff who signs in. Never deleted: a disabled account keeps its history."""

    username = models.CharField(
        "登录名",
        max_length=32,
        unique=True,
        validators=[USERNAME],
        error_messages={"unique": "该登录名已被使用。"},
    )
    display_name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("启用", default=True)
    created_at = models.DateTimeField("开户时间")
    disabled_at = models.DateTimeField("停用时间", null=True, blank=True)
    password_changed_at = models.DateTimeField("口令更换时间", null=True, blank=True)
    must_change_password = models.BooleanField("须更换口令", default=True)
    # Part of what a session is bound to: one more, and every session of this person is dead.
    session_generation = models.PositiveIntegerField(default=0)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        """Disabled means: with the time of it."""

        verbose_name = "用户"
        verbose_name_plural = "用户"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(is_active=True, disabled_at__isnull=True)
                | Q(is_active=False, disabled_at__isnull=False),
                name="user_disabled_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_session_auth_hash(self) -> str:
        """What a session must match on every request: the password and the generation."""
        value = f"{self.password}:{self.session_generation}"
        return salted_hmac("gongkai.accounts.session", value, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """The name shown."""
        return self.display_name


class GrantQuerySet(models.QuerySet["RoleGrant"]):
    """Grants by the moment at which they are asked for."""

    def in_force(self, at: datetime) -> GrantQuerySet:
        """Neither revoked nor outside their first and last day at this moment."""
        day = timezone.localdate(at)
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            valid_from__lte=day,
            revoked_at__isnull=True,
            user__is_active=True,
        )


class RoleGrant(models.Model):
    """A duty of a person in an agency, first and last day included; revoked, never deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name="用户")
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="role_grants", verbose_name="机关"
    )
    role = models.CharField("角色", max_length=24, choices=Role.choices)
    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("截止日期", null=True, blank=True)
    granted_at = models.DateTimeField("授予时间")
    granted_by_id = models.CharField("授予人编号", max_length=64)
    granted_by_name = models.CharField("授予人", max_length=80)
    revoked_at = models.DateTimeField("收回时间", null=True, blank=True)
    revoked_by = models.CharField("收回人", max_length=80, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        """One unrevoked grant of a role per person and agency."""

        verbose_name = "角色授予"
        verbose_name_plural = "角色授予"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "agency", "role"],
                condition=Q(revoked_at__isnull=True),
                name="one_grant_of_a_role",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_is_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="grant_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.agency} · {self.get_role_display()}"


class AdministratorQuerySet(models.QuerySet["AdministratorGrant"]):
    """Appointments by whether they stand."""

    def standing(self) -> AdministratorQuerySet:
        """Not revoked, of an account in use."""
        return self.filter(revoked_at__isnull=True, user__is_active=True)


class AdministratorGrant(models.Model):
    """One of the three administrators of the installation (三员)."""

    user = models.ForeignKey(
        User, models.PROTECT, related_name="administrator_grants", verbose_name="用户"
    )
    role = models.CharField("角色", max_length=24, choices=AdministratorRole.choices)
    granted_at = models.DateTimeField("任命时间")
    granted_by_id = models.CharField("任命人编号", max_length=64)
    granted_by_name = models.CharField("任命人", max_length=80)
    revoked_at = models.DateTimeField("免去时间", null=True, blank=True)
    revoked_by = models.CharField("免去人", max_length=80, blank=True)

    objects = AdministratorQuerySet.as_manager()

    class Meta:
        """Nobody is two of the three at once: the database refuses the second row."""

        verbose_name = "安装管理员"
        verbose_name_plural = "安装管理员"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(revoked_at__isnull=True),
                name="nobody_is_two_administrators",
            ),
            models.CheckConstraint(
                condition=Q(role__in=AdministratorRole.values), name="administrator_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class CoverQuerySet(models.QuerySet["Cover"]):
    """Covers by the moment at which they are asked for."""

    def in_force(self, at: datetime) -> CoverQuerySet:
        """Within their first and last day, not cancelled, both accounts in use."""
        day = timezone.localdate(at)
        return self.filter(
            starts_on__lte=day,
            ends_on__gte=day,
            cancelled_at__isnull=True,
            absent__is_active=True,
            standing_in__is_active=True,
        )


class Cover(models.Model):
    """Absence cover (代): one person acts for another in one agency, in the own name, dated."""

    absent = models.ForeignKey(
        User, models.PROTECT, related_name="absences", verbose_name="被代理人"
    )
    standing_in = models.ForeignKey(
        User, models.PROTECT, related_name="covers", verbose_name="代理人"
    )
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="covers", verbose_name="机关"
    )
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("截止日期")
    reason = models.CharField("事由", max_length=100)
    set_at = models.DateTimeField("设定时间")
    set_by = models.CharField("设定人", max_length=80)
    cancelled_at = models.DateTimeField("取消时间", null=True, blank=True)

    objects = CoverQuerySet.as_manager()

    class Meta:
        """Dated, and never oneself."""

        verbose_name = "代理"
        verbose_name_plural = "代理"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(absent=F("standing_in")), name="nobody_covers_himself"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="cover_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standing_in}（代{self.absent}）"


class PasswordRecord(models.Model):
    """A password once used, as its hash, so that it is not used again (dengbao3)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="password_records")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user} · {self.set_at:%Y-%m-%d}"


class SpentCode(models.Model):
    """A one-time code already used, as a keyed digest; a code counts once in all processes."""

    user = models.ForeignKey(User, models.CASCADE, related_name="spent_codes")
    digest = models.CharField(max_length=64)
    spent_at = models.DateTimeField(db_index=True)

    class Meta:
        """Once per person and code."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "digest"], name="a_code_counts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.spent_at:%Y-%m-%d %H:%M}"
