"""Every verb that changes people, duties, covers and passwords; views and commands call these."""

from __future__ import annotations

from gongkai.accounts.services.bootstrap import FirstAccount, bootstrap
from gongkai.accounts.services.covers import cancel_cover, set_cover
from gongkai.accounts.services.duties import (
    appoint_administrator,
    dismiss_administrator,
    grant_role,
    revoke_role,
)
from gongkai.accounts.services.people import (
    NewAccount,
    create_user,
    disable_user,
    enable_user,
    end_sessions,
    rename_user,
)
from gongkai.accounts.services.secrets import (
    change_password,
    link_identity,
    reset_password,
    reset_second_factor,
    spend_code,
    unlink_identity,
    unlock,
)
from gongkai.accounts.services.witnessed import (
    note_lock_out,
    note_provider_sign_in,
    note_second_factor,
    note_sign_in,
    note_sign_out,
)

__all__ = [
    "FirstAccount",
    "NewAccount",
    "appoint_administrator",
    "bootstrap",
    "cancel_cover",
    "change_password",
    "create_user",
    "disable_user",
    "dismiss_administrator",
    "enable_user",
    "end_sessions",
    "grant_role",
    "link_identity",
    "note_lock_out",
    "note_provider_sign_in",
    "note_second_factor",
    "note_sign_in",
    "note_sign_out",
    "rename_user",
    "reset_password",
    "reset_second_factor",
    "revoke_role",
    "set_cover",
    "spend_code",
    "unlink_identity",
    "unlock",
]
