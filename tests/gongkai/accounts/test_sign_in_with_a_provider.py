"""Sign-in through an identity provider over real connections: who gets in, and every lie refused.

The office runs as a process of its own (`gongkai serve`). Each attack is carried out once more
against an office whose guards are taken out, where it must get in: or it would show nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Error as BrowserError
from pytest_django import DjangoDbBlocker

from gongkai.accounts import services
from gongkai.accounts.models import User
from gongkai.trail.actors import SYSTEM
from gongkai.vault.services import ensure_master_key
from tests.gongkai.accounts.offices import (
    FACTOR,
    LOGIN,
    SERVE,
    SET_UP,
    UNGUARDED,
    Person,
    Visitor,
    believed,
    office,
    refused,
)
from tests.gongkai.accounts.people import PASSWORD
from tests.gongkai.accounts.provider import CLIENT, Lie, Provider, Trouble, running_provider
from tests.gongkai.databases import CommittedDatabase, copied
from tests.gongkai.web.browser import chromium

CALLBACK = "/accounts/oidc/main/login/callback/"
Visit = Callable[[str], Visitor]


@pytest.fixture(autouse=True, scope="module")
def _today() -> Iterator[None]:
    """The offices are other processes and live today, whatever day the suite believes in: codes
    and tokens are made for their clock."""
    if not time_machine.escape_hatch.is_travelling():
        yield
        return
    now = time_machine.escape_hatch.datetime.datetime.now(UTC)
    with time_machine.travel(now, tick=True):
        yield


@pytest.fixture(scope="module")
def database(
    _today: None,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[CommittedDatabase]:
    """One database for every office of this file, with a master key."""
    folder: Path = tmp_path_factory.mktemp("provider")
    with copied(connections["default"], django_db_blocker, folder) as made:
        ensure_master_key(by=SYSTEM, at=timezone.now())
        yield made


@pytest.fixture(scope="module")
def one_provider(_today: None) -> Iterator[Provider]:
    with running_provider() as running:
        yield running


@pytest.fixture
def provider(one_provider: Provider) -> Provider:
    """The provider, honest again."""
    one_provider.honest()
    return one_provider


@pytest.fixture(scope="module")
def asking(database: CommittedDatabase, one_provider: Provider) -> Iterator[str]:
    """The office as it is by default: it asks for its own second factor."""
    with office(SERVE, {**database.variables, **one_provider.variables}) as address:
        yield address


@pytest.fixture(scope="module")
def trusting(database: CommittedDatabase, one_provider: Provider) -> Iterator[str]:
    """An office that is told that the provider asks for two factors."""
    told = {**one_provider.variables, "GONGKAI_OIDC_SECOND_FACTOR": "1"}
    with office(SERVE, {**database.variables, **told}) as address:
        yield address


@pytest.fixture(scope="module")
def unguarded(database: CommittedDatabase, one_provider: Provider) -> Iterator[str]:
    """The control: the same office without its guards."""
    with office(UNGUARDED, {**database.variables, **one_provider.variables}) as address:
        yield address


@pytest.fixture
def visit() -> Iterator[Visit]:
    """Opens browsers, and closes them."""
    with ExitStack() as opened:
        yield lambda address: opened.enter_context(Visitor(address))


# --- who gets in --------------------------------------------------------------------------------


def test_a_tied_identity_signs_in_and_the_office_asks_for_its_second_factor(
    asking: str, provider: Provider, visit: Visit
) -> None:
    person, visitor = Person(), visit(asking)
    provider.subject = person.subject
    page = visitor.open(LOGIN).text
    assert "<button>用云溪统一登录登录</button>" in page
    assert 'action="/accounts/oidc/main/login/?process=login"' in page
    assert believed(visitor.there_and_back())
    assert not visitor.is_in()
    assert visitor.submit(FACTOR, code="000000").status_code == 200
    assert not visitor.is_in()
    answer = visitor.submit(FACTOR, code=person.code())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/office/")
    assert visitor.is_in()
    assert person.told() == [f"{person.name}用云溪统一登录登录，第二重验证由本系统核对"]


def test_the_provider_is_asked_for_nothing_but_who_it_is_and_nothing_else_is_kept(
    asking: str, provider: Provider, visit: Visit
) -> None:
    person, visitor = Person(), visit(asking)
    provider.subject = person.subject
    more = "process=login&scope=profile,phone&auth_params=prompt%3Dnone%26acr_values%3D1"
    assert believed(visitor.there_and_back(more))
    (asked,) = provider.questions("/authorize")
    assert set(asked) == {
        "client_id", "redirect_uri", "scope", "response_type", "state", "nonce",
        "code_challenge", "code_challenge_method",
    }  # fmt: skip
    assert asked["scope"] == "openid"
    assert asked["redirect_uri"] == asking + CALLBACK
    assert provider.questions("/userinfo") == []
    kept = SocialAccount.objects.get(uid=person.subject)
    assert kept.extra_data == {"sub": person.subject}
    # Control: the token did carry more than that.
    assert "phone_number" in provider.claims({**asked, "sub": person.subject})


def test_whoever_has_no_second_factor_yet_sets_one_up_first(
    asking: str, trusting: str, provider: Provider, visit: Visit
) -> None:
    person = Person(factor=False)
    provider.subject = person.subject
    visitor = visit(asking)
    visitor.there_and_back()
    answer = visitor.open("/office/")
    assert (answer.status_code, answer.headers["Location"]) == (302, SET_UP)
    assert person.told() == [f"{person.name}用云溪统一登录登录，第二重验证尚未核对"]
    # Control: where the provider has asked for both, the office opens.
    other = visit(trusting)
    other.there_and_back()
    assert other.is_in()


def test_where_the_provider_asks_for_both_the_office_does_not_ask_again(
    trusting: str, provider: Provider, visit: Visit
) -> None:
    person, visitor = Person(), visit(trusting)
    provider.subject = person.subject
    answer = visitor.there_and_back()
    assert (answer.status_code, answer.headers["Location"]) == (302, "/office/")
    assert visitor.is_in()
    assert person.told() == [f"{person.name}用云溪统一登录登录，第二重验证由对方核对"]
    # Control: a password is asked for the second factor all the same.
    other = visit(trusting)
    answer = other.submit(LOGIN, login=person.name, password=PASSWORD)
    assert believed(answer)
    assert not other.is_in()


def test_the_way_that_is_told_is_the_one_last_taken(
    asking: str, provider: Provider, visit: Visit
) -> None:
    person, visitor = Person(), visit(asking)
    provider.subject = person.subject
    assert believed(visitor.submit(LOGIN, login=person.name, password=PASSWORD))
    assert believed(visitor.there_and_back())
    visitor.submit(FACTOR, code=person.code())
    assert visitor.is_in()
    # Control: another who stays with the password.
    other = Person()
    with Visitor(asking) as browser:
        browser.submit(LOGIN, login=other.name, password=PASSWORD)
        browser.submit(FACTOR, code=other.code())
    assert person.told() == [f"{person.name}用云溪统一登录登录，第二重验证由本系统核对"]
    assert other.told() == [f"{other.name}登录"]


def test_a_one_time_password_is_not_owed_by_whoever_did_not_use_it(
    trusting: str, provider: Provider, visit: Visit
) -> None:
    person, visitor = Person(), visit(trusting)
    password = services.reset_password(person.user, by=SYSTEM, at=timezone.now())
    provider.subject = person.subject
    visitor.there_and_back()
    assert visitor.is_in()
    # Control: with the password it is.
    other = visit(trusting)
    other.submit(LOGIN, login=person.name, password=password)
    other.submit(FACTOR, code=person.code())
    assert other.open("/office/").headers["Location"] == "/accounts/password/change/"


def test_after_sign_in_one_is_where_one_wanted_to_be_and_never_elsewhere(
    trusting: str, provider: Provider, visit: Visit
) -> None:
    person = Person()
    provider.subject = person.subject
    answer = visit(trusting).there_and_back("process=login&next=/office/agencies/")
    assert answer.headers["Location"] == "/office/agencies/"
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        answer = visit(trusting).there_and_back(f"process=login&next={elsewhere}")
        assert answer.headers["Location"] == "/office/"


def test_untying_ends_the_session_and_the_identity_opens_nothing(
    trusting: str, provider: Provider, visit: Visit
) -> None:
    person, visitor = Person(), visit(trusting)
    provider.subject = person.subject
    visitor.there_and_back()
    assert visitor.is_in()
    identity = SocialAccount.objects.get(uid=person.subject)
    services.unlink_identity(identity, by=SYSTEM, at=timezone.now(), reason="调离")
    assert not visitor.is_in()
    assert visit(trusting).there_and_back().status_code == 403


# --- who does not -------------------------------------------------------------------------------


def test_an_unknown_identity_gets_a_page_and_no_account(
    asking: str, unguarded: str, provider: Provider, visit: Visit
) -> None:
    provider.subject = "sub-of-nobody"
    before = (User.objects.count(), SocialAccount.objects.count())
    visitor = visit(asking)
    answer = visitor.there_and_back()
    assert answer.status_code == 403
    assert "统一身份未关联账户" in answer.text
    assert LOGIN in answer.text
    assert not visitor.is_in()
    assert (User.objects.count(), SocialAccount.objects.count()) == before
    # Control: without the guard an account is made.
    visit(unguarded).there_and_back()
    assert SocialAccount.objects.filter(uid="sub-of-nobody").exists()


def test_a_disabled_account_is_not_signed_in(asking: str, provider: Provider, visit: Visit) -> None:
    person, at = Person(), timezone.now()
    provider.subject = person.subject
    services.disable_user(person.user, by=SYSTEM, at=at, reason="调离")
    visitor = visit(asking)
    answer = visitor.there_and_back()
    assert (answer.status_code, "统一身份未关联账户" in answer.text) == (403, True)
    assert visitor.open(FACTOR).status_code == 302
    assert person.told() == []
    # Control: enabled, the same identity opens it.
    services.enable_user(person.user, by=SYSTEM, at=at, reason="调回")
    assert believed(visitor.there_and_back())


def test_a_locked_name_is_locked_for_the_provider_too(
    asking: str, unguarded: str, provider: Provider, visit: Visit
) -> None:
    person = Person()
    provider.subject = person.subject
    tries = [
        visit(asking).submit(LOGIN, login=person.name, password="wrong").status_code
        for _ in range(5)
    ]
    assert tries == [200, 200, 200, 200, 429]
    answer = visit(asking).there_and_back()
    assert (answer.status_code, "已暂时锁定" in answer.text) == (429, True)
    # Controls: without the guard it goes on; unlocked, it goes on here as well.
    assert believed(visit(unguarded).there_and_back())
    services.unlock(person.user, by=SYSTEM, at=timezone.now())
    assert believed(visit(asking).there_and_back())


def test_wrong_codes_after_the_provider_lock_the_name(
    asking: str, provider: Provider, visit: Visit
) -> None:
    person, visitor = Person(), visit(asking)
    provider.subject = person.subject
    assert believed(visitor.there_and_back())
    wrong = f"{(int(person.code()) + 1) % 1000000:06}"
    for _ in range(5):
        visitor.submit(FACTOR, code=wrong)
    visitor.submit(FACTOR, code=person.code())
    assert not visitor.is_in()
    assert visit(asking).there_and_back().status_code == 429


@pytest.mark.parametrize("lie", [one for one in Lie if one not in {Lie.NO_TOKEN, Lie.NO_SUBJECT}])
def test_a_lie_is_refused(
    asking: str, unguarded: str, provider: Provider, visit: Visit, lie: Lie
) -> None:
    person = Person()
    provider.subject, provider.does = person.subject, lie
    if lie is Lie.DESCRIBED_ISSUER:  # found before anybody is sent there
        answer = visit(asking).submit("/accounts/oidc/main/login/?process=login")
        assert provider.questions("/authorize") == []
    else:
        answer = visit(asking).there_and_back()
        # It went as far as the token: what refused it was the token.
        assert len(provider.questions("/token")) == 1
    assert refused(answer)
    # Controls: the lie gets in where it is believed, and the truth gets in here.
    assert believed(visit(unguarded).there_and_back())
    provider.does = None
    assert believed(visit(asking).there_and_back())


@pytest.mark.parametrize("lie", [Lie.NO_TOKEN, Lie.NO_SUBJECT])
def test_an_answer_that_names_nobody_is_refused_with_a_page(
    asking: str, unguarded: str, provider: Provider, visit: Visit, lie: Lie
) -> None:
    person = Person()
    provider.subject, provider.does = person.subject, lie
    assert refused(visit(asking).there_and_back())
    # Controls: unguarded it is a server error; the truth gets in.
    assert visit(unguarded).there_and_back().status_code == 500
    provider.does = None
    assert believed(visit(asking).there_and_back())


def test_a_forged_state_is_refused(
    asking: str, unguarded: str, provider: Provider, visit: Visit
) -> None:
    """Somebody sends his own way back to another, who would sign in as him."""
    person = Person()
    provider.subject = person.subject
    provider.lenient = True  # no other guard but the state
    stranger = visit(asking)
    prepared = stranger.visit(stranger.leave())
    victim = visit(asking)
    victim.open(LOGIN)
    assert refused(victim.back(prepared))
    assert victim.open(FACTOR).headers["Location"] == LOGIN
    assert refused(victim.back(prepared.replace("state=", "state=x")))
    assert refused(victim.back(f"{asking}{CALLBACK}?code=abc"))
    assert refused(victim.back(f"{asking}{CALLBACK}"))
    assert provider.questions("/token") == []
    # Control: whoever set out himself comes in with it; and without the guard anybody does.
    assert believed(stranger.back(prepared))
    other = visit(unguarded)
    assert believed(visit(unguarded).back(other.visit(other.leave())))


def test_a_used_way_back_is_refused_even_by_a_provider_that_would_answer_again(
    asking: str, unguarded: str, provider: Provider, visit: Visit
) -> None:
    person = Person()
    provider.subject, provider.lenient = person.subject, True
    visitor = visit(asking)
    prepared = visitor.visit(visitor.leave())
    assert believed(visitor.back(prepared))
    assert refused(visitor.back(prepared))
    assert len(provider.questions("/token")) == 1
    # Control.
    other = visit(unguarded)
    prepared = other.visit(other.leave())
    assert believed(other.back(prepared))
    assert believed(other.back(prepared))


def test_a_stolen_code_is_refused_by_pkce_and_without_it_by_the_nonce(
    asking: str, unguarded: str, provider: Provider, visit: Visit
) -> None:
    """Somebody puts another's code into a way back of his own."""
    person = Person()
    provider.subject = person.subject

    def stolen(address: str) -> requests.Response:
        owner, thief = visit(address), visit(address)
        code = parse_qs(urlsplit(owner.visit(owner.leave())).query)["code"][0]
        own = thief.visit(thief.leave())
        return thief.back(own.replace(parse_qs(urlsplit(own).query)["code"][0], code))

    assert refused(stolen(asking))
    assert "code_verifier" in provider.questions("/token")[0]
    provider.lenient = True
    assert refused(stolen(asking))
    # Control: unguarded, and the provider lenient, the thief is in.
    assert believed(stolen(unguarded))


@pytest.mark.parametrize("tied", [False, True], ids=["a new identity", "another's identity"])
def test_nobody_ties_an_identity_to_himself(
    trusting: str, unguarded: str, provider: Provider, visit: Visit, tied: bool
) -> None:
    own, other = Person(), Person(tied=tied)
    visitor = visit(trusting)
    provider.subject = own.subject
    visitor.there_and_back()
    assert visitor.is_in()
    provider.subject = other.subject
    for process in ("connect", "redirect", "something"):
        answer = visitor.there_and_back(f"process={process}")
        assert answer.status_code == 403
    assert SocialAccount.objects.filter(user=own.user).count() == 1
    assert visitor.is_in()
    # Control: as the sign-in that it may ask for, the other identity is judged by its own tie.
    answer = visitor.there_and_back()
    assert answer.headers.get("Location") == ("/office/" if tied else None)
    if not tied:
        assert _tied_by_oneself(own, unguarded, provider, visit)


def _tied_by_oneself(own: Person, unguarded: str, provider: Provider, visit: Visit) -> bool:
    """The control: unguarded, whoever is signed in gets another identity."""
    visitor, wanted = visit(unguarded), provider.subject
    visitor.submit(LOGIN, login=own.name, password=PASSWORD)
    visitor.submit(FACTOR, code=own.code())
    assert visitor.is_in()
    provider.subject = wanted
    visitor.there_and_back("process=connect&next=/office/")
    return len(SocialAccount.objects.filter(user=own.user)) == 2


# --- trouble ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "status"),
    [
        (Trouble.DOWN, 403),
        (Trouble.NOT_JSON, 503),
        (Trouble.PLAIN_ADDRESS, 403),
        (Trouble.SIGN_IN_ELSEWHERE, 403),
        (Trouble.MOVED, 403),
    ],
)
def test_a_provider_in_trouble_is_a_page_and_no_server_error(
    asking: str, provider: Provider, visit: Visit, trouble: Trouble, status: int
) -> None:
    person, visitor = Person(), visit(asking)
    provider.subject = person.subject
    waiting = visitor.visit(visitor.leave())
    provider.does = trouble
    setting_out = visitor.submit("/accounts/oidc/main/login/?process=login")
    coming_back = visitor.back(waiting)
    for answer in (setting_out, coming_back):
        assert (answer.status_code, "没有登录" in answer.text) == (status, True)
    assert provider.questions("/token") == []
    provider.does = None
    assert believed(visitor.there_and_back())


def test_how_long_an_access_token_holds_is_nothing_to_the_office(
    asking: str, provider: Provider, visit: Visit
) -> None:
    provider.subject, provider.does = Person().subject, Trouble.ENDLESS
    assert believed(visit(asking).there_and_back())


def test_who_cancels_at_the_provider_is_told_so(
    asking: str, provider: Provider, visit: Visit
) -> None:
    provider.denies = True
    answer = visit(asking).there_and_back()
    assert answer.status_code == 403
    assert "您在云溪统一登录取消了登录" in answer.text


def test_a_provider_that_cannot_be_reached_is_a_page(
    database: CommittedDatabase, provider: Provider, visit: Visit
) -> None:
    with running_provider() as gone:
        variables = {**database.variables, **gone.variables}
    with office(UNGUARDED, variables) as address:
        answer = visit(address).submit("/accounts/oidc/main/login/?process=login")
    assert answer.status_code == 503
    assert "现在连不上云溪统一登录" in answer.text


# --- addresses ----------------------------------------------------------------------------------


def test_the_way_out_is_a_form_and_leads_to_one_provider(
    asking: str, provider: Provider, visit: Visit
) -> None:
    visitor = visit(asking)
    assert visitor.open("/accounts/oidc/main/login/?process=login").status_code == 405
    assert visitor.submit("/accounts/oidc/other/login/").status_code == 404
    assert visitor.open("/accounts/oidc/other/login/callback/").status_code == 404
    without_key = visitor.post(f"{asking}/accounts/oidc/main/login/", timeout=30)
    assert without_key.status_code == 403
    for closed in ("/accounts/social/signup/", "/accounts/3rdparty/", "/accounts/social/login/"):
        assert visitor.open(closed).status_code == 404
    assert provider.asked == []


def test_without_a_provider_there_is_no_button_and_no_way(
    database: CommittedDatabase, visit: Visit
) -> None:
    with office(SERVE, database.variables) as address:
        visitor = visit(address)
        page = visitor.open(LOGIN)
        assert page.status_code == 200
        assert "/accounts/oidc/" not in page.text
        assert "统一身份认证" not in page.text
        assert visitor.submit("/accounts/oidc/main/login/").status_code == 404
        assert visitor.open(CALLBACK).status_code == 404


# --- in a browser -------------------------------------------------------------------------------


@pytest.mark.needs("browser")
def test_in_a_browser_the_button_leads_there_and_back(
    asking: str, unguarded: str, provider: Provider
) -> None:
    person = Person()
    provider.subject = person.subject
    code = person.code()
    with chromium() as browser:
        page = browser.new_page()
        page.goto(f"{asking}{LOGIN}")
        page.get_by_role("button", name="用云溪统一登录登录").click()
        page.wait_for_url(f"{asking}{FACTOR}")
        page.locator("input[name=code]").fill(code)
        page.get_by_role("button").first.click()
        page.wait_for_url(f"{asking}/office/")
        # Control: where the policy on forms does not name the provider, the browser stays.
        other = browser.new_page()
        other.goto(f"{unguarded}{LOGIN}")
        asked = len(provider.questions("/authorize"))
        other.get_by_role("button", name="用云溪统一登录登录").click(no_wait_after=True)
        with pytest.raises(BrowserError):
            other.wait_for_url(f"{unguarded}{FACTOR}", timeout=3000)
        assert len(provider.questions("/authorize")) == asked
    assert asked == 1
    assert provider.questions("/authorize")[0]["client_id"] == CLIENT
