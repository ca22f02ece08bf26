"""Passwords, second factors, lock-outs, linked identities; what they are made of is not kept."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.utils import reset as reset_attempts
from django.conf import settings
from django.db import IntegrityError, transaction

from gongkai.accounts.errors import AccountRefusedError
from gongkai.accounts.models import PasswordRecord, SpentCode, User
from gongkai.accounts.one_time import one_time_password
from gongkai.accounts.policies import RESET_PERSON, TIE_IDENTITY
from gongkai.accounts.services.entitlement import authorise_about, locked, required, subject_of
from gongkai.trail.actors import Actor
from gongkai.trail.services import record
from statute.identity import Certainty, Kind, find

# As long as the column of allauth is.
LONGEST_IDENTIFIER = 191


@transaction.atomic
def change_password(user: User, password: str, *, by: Actor, at: datetime) -> User:
    """Stores a password that the person chose and that the policy's validators accepted.

    The former hash is kept so that it is not chosen again; every other session ends.
    """
    locked(user)
    _remember(user, at)
    user.set_password(password)
    user.password_changed_at, user.must_change_password = at, False
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])
    record("accounts.password_changed", by=by, at=at, subject=subject_of(user))
    return user


@transaction.atomic
def reset_password(user: User, *, by: Actor, at: datetime) -> str:
    """Gives a one-time password, shown once, to be changed at the next sign-in; sessions end."""
    user = locked(user)
    authorise_about(by, RESET_PERSON, user, at=at)
    _remember(user, at)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.session_generation += 1
    user.save(update_fields=["password", "must_change_password", "session_generation"])
    reset_attempts(username=user.username)
    record("accounts.password_reset", by=by, at=at, subject=subject_of(user))
    return password


@transaction.atomic
def reset_second_factor(user: User, *, by: Actor, at: datetime, reason: str) -> User:
    """Removes every second factor of a person, who sets up a new one at the next sign-in."""
    user = locked(user)
    authorise_about(by, RESET_PERSON, user, at=at)
    why = required(reason, "重置理由")
    Authenticator.objects.filter(user=user).delete()
    user.session_generation += 1
    user.save(update_fields=["session_generation"])
    record(
        "accounts.second_factor_reset",
        by=by,
        at=at,
        subject=subject_of(user),
        facts={"reason": why},
    )
    return user


@transaction.atomic
def unlock(user: User, *, by: Actor, at: datetime) -> None:
    """Forgets a login name's failed attempts, so that it is no longer locked."""
    authorise_about(by, RESET_PERSON, user, at=at)
    reset_attempts(username=user.username)
    record("accounts.unlocked", by=by, at=at, subject=subject_of(user))


@transaction.atomic
def spend_code(user: User, code: str, *, at: datetime) -> bool:
    """Marks a one-time code as used; False where it was used before, in whichever process.

    Codes live for half a minute; marks older than a day are swept out on the way.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{user.pk}:{code}".encode(), hashlib.sha256)
    SpentCode.objects.filter(spent_at__lt=at - timedelta(days=1)).delete()
    try:
        with transaction.atomic():
            SpentCode(user=user, digest=digest.hexdigest(), spent_at=at).save(force_insert=True)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def link_identity(user: User, *, by: Actor, at: datetime, provider: str, uid: str) -> None:
    """Ties an identity of the configured OIDC provider to an account; nobody ties himself.

    `uid` is the provider's subject identifier. It opens one account, and an account has one; it
    is not told to the trail, which cannot forget it.
    """
    user = locked(user)
    authorise_about(by, TIE_IDENTITY, user, at=at)
    uid = _identifier(uid)
    if SocialAccount.objects.filter(user=user, provider=provider).exists():
        raise AccountRefusedError("该账户已关联统一身份，先解除原来的关联")
    try:
        with transaction.atomic():
            SocialAccount(user=user, provider=provider, uid=uid).save(force_insert=True)
    except IntegrityError as taken:
        raise AccountRefusedError("该统一身份已关联其他账户") from taken
    record(
        "accounts.identity_linked",
        by=by,
        at=at,
        subject=subject_of(user),
        facts={"provider": provider},
    )


@transaction.atomic
def unlink_identity(identity: SocialAccount, *, by: Actor, at: datetime, reason: str) -> User:
    """Unties an identity, which then opens nothing; the person's sessions end."""
    user = locked(identity.user)
    authorise_about(by, TIE_IDENTITY, user, at=at)
    why = required(reason, "解除理由")
    gone, _ = SocialAccount.objects.filter(pk=identity.pk, user=user).delete()
    if not gone:
        raise AccountRefusedError("该关联已经解除")
    user.session_generation += 1
    user.save(update_fields=["session_generation"])
    record(
        "accounts.identity_unlinked",
        by=by,
        at=at,
        subject=subject_of(user),
        facts={"provider": identity.provider, "reason": why},
    )
    return user


def _identifier(uid: str) -> str:
    """A subject identifier as providers issue them; one that is a person's number is refused."""
    plain = uid.strip()
    if not plain:
        raise AccountRefusedError("用户标识不能为空")
    if not plain.isascii() or not plain.isprintable() or len(plain) > LONGEST_IDENTIFIER:
        raise AccountRefusedError(
            f"用户标识只含半角字母、数字和符号，不超过 {LONGEST_IDENTIFIER} 个字符"
        )
    if any(
        one.kind is Kind.RESIDENT_ID and one.certainty is Certainty.CERTAIN for one in find(plain)
    ):
        raise AccountRefusedError(
            "用户标识不能是身份证号码，请统一身份认证的管理单位改发不含个人信息的标识"
        )
    return plain


def _remember(user: User, at: datetime) -> None:
    if user.has_usable_password():
        PasswordRecord(user=user, password=user.password, set_at=at).save(force_insert=True)
