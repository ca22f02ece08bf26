"""What is asked about people: duties at a moment, who acts, who stands in; it changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongkai.accounts.models import AdministratorGrant, Cover, RoleGrant, User
from gongkai.accounts.policies import Affair
from gongkai.accounts.roles import CONTROL_ROLES, AdministratorRole, Role
from gongkai.accounts.standing import HeldRole, Standing
from gongkai.trail.actors import Actor, ActorKind

if TYPE_CHECKING:
    from gongkai.agencies.models import Agency


def roles_of(user: User, at: datetime) -> tuple[HeldRole, ...]:
    """Duties of a person at a moment, own ones and those held for absent colleagues (代).

    Read from the database at each call. Nobody covers through a second person, and the duties of
    an agency's administrator and auditor are not covered: they are granted anew.
    """
    return tuple(_held(grant, user) for grant in _grants_for(user, at))


def administrator_role_of(user: User) -> AdministratorRole | None:
    """Which of the three administrators a person is, if any."""
    found = AdministratorGrant.objects.standing().filter(user=user).first()
    return None if found is None else AdministratorRole(found.role)


def standing_of(user: User, at: datetime) -> Standing:
    """What a person holds at a moment, as the value that predicates judge; two queries."""
    if not user.is_active:
        return nobody(at)
    grants = list(_grants_for(user, at))
    return Standing(
        user_id=user.pk,
        at=at,
        held=tuple(_held(grant, user) for grant in grants),
        administrator=administrator_role_of(user),
        supervising=any(grant.agency.supervising for grant in grants),
    )


def nobody(at: datetime) -> Standing:
    """The standing of someone who has not signed in."""
    return Standing(user_id=None, at=at)


def actor_for(user: User, agency: Agency | None = None, *, covering: User | None = None) -> Actor:
    """The person as the trail records it; a cover acts in the own name, marked 代."""
    name = user.display_name if covering is None else f"{user.display_name}（代{covering}）"
    return Actor(
        kind=ActorKind.USER,
        id=str(user.pk),
        name=name,
        agency_code="" if agency is None else agency.code,
        agency_name="" if agency is None else agency.name,
    )


def provider_name() -> str:
    """What the configured identity provider is called; empty where there is none."""
    return str(getattr(settings, "GONGKAI_OIDC_NAME", ""))


def identities_of(user: User) -> QuerySet[SocialAccount]:
    """Identities of the provider that open a person's account."""
    found: QuerySet[SocialAccount] = SocialAccount.objects.filter(user=user)
    return found.order_by("pk")


def covered_by(user: User, agency: Agency, role: Role, at: datetime) -> User | None:
    """The absent person for whom a duty is held; None where it is held in the own right."""
    held = [h for h in roles_of(user, at) if h.agency_id == agency.pk and h.role == role]
    if not held or any(one.covering is None for one in held):
        return None
    return User.objects.filter(pk__in=[held[0].covering]).get()


def affair_of(user: User, at: datetime) -> Affair:
    """A person as the subject of a policy: where duties are held, whether an administrator."""
    day = timezone.localdate(at)
    grants = list(RoleGrant.objects.filter(user=user))
    # A disabled person still belongs where he served: someone there must be able to enable him.
    live = [
        grant.agency_id
        for grant in grants
        if grant.revoked_at is None and (grant.valid_to is None or grant.valid_to >= day)
    ]
    return Affair(
        person_id=user.pk,
        agency_ids=frozenset(live),
        former_ids=frozenset(grant.agency_id for grant in grants),
        unplaced=not grants and not AdministratorGrant.objects.filter(user=user).exists(),
    )


def people_visible_to(standing: Standing) -> QuerySet[User]:
    """Accounts that someone may know of: all for the three administrators; for an agency's
    administrator whoever holds or held a duty there, and those without any; oneself."""
    if standing.administrator is not None:
        return User.objects.all()
    administered = [
        held.agency_id for held in standing.held if held.role is Role.AGENCY_ADMINISTRATOR
    ]
    own = User.objects.filter(pk__in=[standing.user_id] if standing.user_id else [])
    if not administered:
        return own
    # A person just opened serves nowhere yet, and someone must give the first duty.
    unplaced = User.objects.filter(grants__isnull=True, administrator_grants__isnull=True)
    placed = User.objects.filter(grants__agency_id__in=administered)
    return (own | placed | unplaced).distinct()


def _grants_for(user: User, at: datetime) -> QuerySet[RoleGrant]:
    """Grants in force: the person's own, and of those for whom the person stands in."""
    covers = Cover.objects.in_force(at).filter(
        standing_in=user, absent=OuterRef("user_id"), agency=OuterRef("agency_id")
    )
    lent = Q(Exists(covers)) & ~Q(role__in=CONTROL_ROLES)
    found = RoleGrant.objects.in_force(at).filter(Q(user=user) | lent)
    return found.select_related("agency").order_by("agency_id", "role", "id")


def _held(grant: RoleGrant, user: User) -> HeldRole:
    covering = None if grant.user_id == user.pk else grant.user_id
    return HeldRole(grant.agency_id, grant.agency.code, Role(grant.role), covering)
