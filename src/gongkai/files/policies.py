"""Who may have a file sent, open an original, and work on files: predicates over (Standing,
subject), the subject being a StoredFile or the Owner for what is to come.

What they say is asked of the owner at that moment (registry), which may read its own state.
"""

from __future__ import annotations

from gongkai.accounts.policies import Policy, rule
from gongkai.accounts.standing import Standing
from gongkai.files import registry
from gongkai.files.models import USABLE, State, StoredFile
from gongkai.files.registry import Owner


def _owner(subject: object) -> Owner | None:
    if isinstance(subject, StoredFile):
        return subject.owner
    return subject if isinstance(subject, Owner) else None


@rule
def sees_the_owner(who: Standing, subject: object) -> bool:
    """The owner, as it stands now, lets the person see its files."""
    owner = _owner(subject)
    return owner is not None and who.user_id is not None and registry.sees(who, owner)


@rule
def changes_the_owner(who: Standing, subject: object) -> bool:
    """The owner, as it stands now, lets the person work on its files."""
    owner = _owner(subject)
    return owner is not None and who.user_id is not None and registry.changes(who, owner)


@rule
def is_made_to_go_out(_who: Standing, subject: object) -> bool:
    """Stripped or blackened: what may lie on a colleague's disk without a reason given."""
    return (
        isinstance(subject, StoredFile)
        and subject.is_outgoing
        and (State(subject.state) is State.READY)
    )


@rule
def is_usable(_who: Standing, subject: object) -> bool:
    """Neither waiting for the scanner nor found infected."""
    return isinstance(subject, StoredFile) and State(subject.state) in USABLE


SEE = Policy("files.see", allowed=sees_the_owner, visible=sees_the_owner)
DOWNLOAD = Policy(
    "files.download", allowed=sees_the_owner & is_made_to_go_out, visible=sees_the_owner
)
# Whoever sees the case may look at what came in, each time with a reason that the trail keeps.
OPEN_ORIGINAL = Policy(
    "files.open_original", allowed=sees_the_owner & is_usable, visible=sees_the_owner
)
TAKE_IN = Policy("files.take_in", allowed=changes_the_owner, visible=sees_the_owner)
WORK_ON = Policy("files.work_on", allowed=changes_the_owner & is_usable, visible=sees_the_owner)
