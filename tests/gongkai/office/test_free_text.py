"""What people type freely goes into the trail for good: an identity number is refused beside its
field, never a server error, and nothing is done."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from gongkai.trail.models import Row
from gongkai.trail.services import PersonalFactError
from tests.gongkai.office.staff import Staff, signed_in

# Nobody's: the day of birth lies before the first identity cards, the check digit agrees.
NUMBER = "110101190001010014"
TODAY = timezone.localdate().isoformat()


@pytest.mark.parametrize(
    "number", [NUMBER, " ".join(NUMBER), "１１０１０１１９０００１０１００１４"]
)
@pytest.mark.parametrize(
    ("who", "screen", "field", "others"),
    [
        ("security", "person_switch", "reason", {}),
        ("security", "factor_reset", "reason", {}),
        ("security", "identity_tie", "uid", {}),
        ("system", "agency_close", "basis", {"on": TODAY}),
        ("system", "agency_rename", "basis", {"on": TODAY, "name": "县新名局"}),
        ("system", "agency_profile", "letter_code", {"index_code": "11330000"}),
    ],
)
def test_an_identity_number_in_free_text_is_refused_at_its_field(
    staff: Staff,
    settings: Settings,
    who: str,
    screen: str,
    field: str,
    others: dict[str, str],
    number: str,
) -> None:
    settings.GONGKAI_OIDC_NAME = "统一身份认证"
    about = staff.clerk.pk if who == "security" else staff.bureau.code
    client = signed_in(getattr(staff, who))
    before = Row.objects.count()
    said = {**others, field: f"张某，身份证{number}"}
    answer = client.post(reverse(f"office:{screen}", args=[about]), said)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert Row.objects.count() == before


def test_the_message_says_what_to_do(staff: Staff) -> None:
    client = signed_in(staff.security)
    said = {"reason": f"本人{NUMBER}申请"}
    answer = client.post(reverse("office:person_switch", args=[staff.clerk.pk]), said)
    assert answer.context["form"].errors["reason"] == [str(PersonalFactError(("reason",)))]
    assert "请改写" in answer.content.decode()
    assert NUMBER in answer.content.decode()  # what was typed is kept, to be changed


def test_a_login_name_that_is_an_identity_number_is_refused(staff: Staff) -> None:
    said = {"username": NUMBER, "display_name": "林办事"}
    answer = signed_in(staff.system).post(reverse("office:person_create"), said)
    assert answer.status_code == 422
