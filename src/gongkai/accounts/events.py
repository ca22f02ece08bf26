"""How the trail tells what happened to people and duties."""

from __future__ import annotations

from gongkai.trail.events import Event, register

EVENTS = (
    Event("accounts.user_created", "{actor}为“{subject}”开立账户，登录名{username}"),
    Event("accounts.user_renamed", "{actor}将用户“{before}”改名为“{subject}”"),
    Event("accounts.user_disabled", "{actor}停用“{subject}”的账户，理由：{reason}"),
    Event("accounts.user_enabled", "{actor}重新启用“{subject}”的账户，理由：{reason}"),
    Event("accounts.password_changed", "{actor}更换了本人口令"),
    Event("accounts.password_reset", "{actor}为“{subject}”重置口令"),
    Event("accounts.second_factor_reset", "{actor}重置“{subject}”的第二重验证，理由：{reason}"),
    Event("accounts.second_factor_added", "{actor}启用第二重验证（{kind}）"),
    Event("accounts.second_factor_removed", "{actor}移除第二重验证（{kind}）"),
    Event("accounts.sessions_ended", "{actor}结束“{subject}”的全部会话"),
    Event("accounts.unlocked", "{actor}解除“{subject}”的登录锁定"),
    Event("accounts.locked", "{actor}因多次登录失败锁定登录名“{subject}”"),
    Event("accounts.signed_in", "{actor}登录"),
    Event("accounts.signed_in_by_provider", "{actor}用{provider}登录，第二重验证{factor}"),
    Event("accounts.signed_out", "{actor}退出登录"),
    Event("accounts.role_granted", "{actor}授予“{subject}”{agency}的“{role}”角色，{period}"),
    Event("accounts.role_revoked", "{actor}收回“{subject}”在{agency}的“{role}”角色"),
    Event("accounts.administrator_appointed", "{actor}任命“{subject}”为{role}"),
    Event("accounts.administrator_dismissed", "{actor}免去“{subject}”的{role}"),
    Event("accounts.cover_set", "{actor}设定{period}由“{subject}”在{agency}代理“{absent}”"),
    Event("accounts.cover_cancelled", "{actor}取消“{subject}”在{agency}对“{absent}”的代理"),
    Event("accounts.identity_linked", "{actor}为“{subject}”关联统一身份认证（{provider}）"),
    Event(
        "accounts.identity_unlinked",
        "{actor}解除“{subject}”的统一身份认证关联（{provider}），理由：{reason}",
    ),
)


def register_events() -> None:
    """Adds the sentences to the one list; called when the app starts."""
    register(*EVENTS)
