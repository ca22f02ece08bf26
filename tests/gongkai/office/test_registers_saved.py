"""Lists kept under a name: whose they are, who shares them, which opens first."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from gongkai.accounts.queries import actor_for
from gongkai.accounts.roles import Role
from gongkai.agencies.models import Agency
from gongkai.office.models import SavedView
from gongkai.office.services.saved_views import SavedViewError, open_first, save_view
from gongkai.trail.models import Row
from tests.gongkai.disclosure.chain import Chain, person
from tests.gongkai.disclosure.documents import office
from tests.gongkai.office.registered import entered, mixed, of, titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(settings: Settings) -> Chain:
    settings.GONGKAI_SECOND_FACTOR_REQUIRED = False
    return office()


def saved(chain: Chain, name: str = "草稿", *, shared: bool = False) -> SavedView:
    """A list of drafts that the drafter keeps."""
    return save_view(
        chain.drafter,
        name,
        "stage=draft",
        agency=chain.agency if shared else None,
        by=chain.actor("drafter"),
        at=timezone.now(),
    )


def bar(client: Client) -> dict[str, Any]:
    """The kept lists that a person is offered, by name."""
    answer = client.get(reverse("office:records") + "?all=1")
    return {entry.view.name: entry for entry in answer.context["views"]}


def post(client: Client, route: str, /, *args: object, **said: object) -> int:
    """The status of an act."""
    return client.post(reverse(f"office:{route}", args=args), said).status_code


def test_a_list_is_kept_with_its_conditions_and_opened_again(chain: Chain) -> None:
    mixed(chain)
    client = of(chain, "drafter")
    page = client.get(reverse("office:records") + "?q=草稿&stage=draft&page=1&sort=-formed&x=1")
    assert page.context["kept"].count("=") == 3
    said = {"name": "我的草稿", "query": page.context["kept"]}
    assert post(client, "view_save", **said) == 302
    entry = bar(client)["我的草稿"]
    assert (entry.mine, entry.may_keep) == (True, True)
    assert titles(client, entry.url.removeprefix(reverse("office:records"))) == ["一份草稿"]
    assert "page" not in entry.url
    told = [one.sentence for one in Row.objects.filter(event="office.view_saved")]
    assert told == ["何拟保存常用清单“我的草稿”，只给本人"]


def test_own_lists_are_ones_own_and_shared_ones_the_bodys(chain: Chain) -> None:
    saved(chain, "自己的")
    saved(chain, "大家的", shared=True)
    assert set(bar(of(chain, "drafter"))) == {"自己的", "大家的"}
    colleague = bar(of(chain, "section"))
    assert set(colleague) == {"大家的"}
    assert (colleague["大家的"].mine, colleague["大家的"].may_keep) == (False, False)
    assert bar(of(chain, "officer"))["大家的"].may_keep
    department = Agency.objects.get(code="health")
    outsider = entered(person("outsider", "外拟", Role.DRAFTER, department))
    assert bar(outsider) == {}


def test_a_name_is_taken_once_by_each_owner(chain: Chain) -> None:
    saved(chain)
    client = of(chain, "drafter")
    assert post(client, "view_save", name="草稿", query="stage=draft") == 422
    assert post(client, "view_save", name="  ", query="stage=draft") == 422
    assert post(of(chain, "section"), "view_save", name="草稿", query="stage=draft") == 302
    assert SavedView.objects.filter(name="草稿").count() == 2


def test_a_list_is_renamed_shared_and_deleted_by_its_owner(chain: Chain) -> None:
    view = saved(chain)
    client = of(chain, "drafter")
    assert post(client, "view_edit", view.pk, name="新名", agency=chain.agency.pk) == 302
    view.refresh_from_db()
    assert (view.name, view.agency) == ("新名", chain.agency)
    assert set(bar(of(chain, "section"))) == {"新名"}
    assert client.get(reverse("office:view_delete", args=[view.pk])).status_code == 200
    assert SavedView.objects.exists()
    assert post(client, "view_delete", view.pk) == 302
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["view_edit", "view_delete", "view_first"])
def test_nobody_touches_what_is_not_his(name: str, chain: Chain) -> None:
    own, shared = saved(chain, "自己的"), saved(chain, "大家的", shared=True)
    assert post(of(chain, "officer"), name, own.pk) == 404
    assert post(of(chain, "section"), name, shared.pk) == 403
    assert post(of(chain, "drafter"), name, 999_999) == 404
    assert set(SavedView.objects.values_list("name", flat=True)) == {"自己的", "大家的"}


def test_the_officer_clears_away_what_its_owner_left_behind(chain: Chain) -> None:
    shared = saved(chain, "大家的", shared=True)
    assert post(of(chain, "officer"), "view_delete", shared.pk) == 302
    assert not SavedView.objects.exists()


def test_the_list_that_opens_first_opens_where_nothing_is_asked(chain: Chain) -> None:
    mixed(chain)
    client = of(chain, "drafter")
    view, second = saved(chain), saved(chain, "另一份")
    assert client.get(reverse("office:records")).status_code == 200
    assert post(client, "view_first", view.pk) == 302
    answer = client.get(reverse("office:records"))
    assert answer["Location"] == reverse("office:records") + "?stage=draft"
    assert len(titles(client, "?all=1")) == 5
    assert post(client, "view_first", second.pk) == 302
    assert list(SavedView.objects.filter(opens_first=True)) == [second]
    assert post(client, "view_first", second.pk) == 302
    assert not SavedView.objects.filter(opens_first=True).exists()
    assert of(chain, "section").get(reverse("office:records")).status_code == 200


def test_the_verbs_ask_for_themselves(chain: Chain) -> None:
    view, at = saved(chain), timezone.now()
    with pytest.raises(SavedViewError, match="不归您管"):
        open_first(view, first=True, by=chain.actor("officer"), at=at)
    assert open_first(view, first=True, by=chain.actor("drafter"), at=at).opens_first
    foreign = Agency.objects.get(code="health")
    by = actor_for(chain.drafter)
    with pytest.raises(SavedViewError, match="您任职的机关"):
        save_view(chain.drafter, "甲", "stage=draft", agency=foreign, by=by, at=at)
    with pytest.raises(SavedViewError, match="条件太多"):
        save_view(chain.drafter, "甲", "q=" + "x" * 1000, agency=None, by=by, at=at)
    assert save_view(chain.drafter, "甲", "", agency=None, by=by, at=at).name == "甲"
