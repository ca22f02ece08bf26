"""Every address of the installation says who may call it: by a policy, or open with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from gongkai.accounts.access import declaration_of

# The design system knows no accounts, being below them; what it shows holds no data.
LISTED = {
    "components/": "样张：设计系统的全部部件，没有数据",
    "display/": "换大字号，只写来访者自己的 Cookie",
}

Routes = Sequence[URLPattern | URLResolver]


def views_of(routes: Routes, prefix: str = "") -> Iterator[tuple[str, Callable[..., object]]]:
    """Every address with its view."""
    for route in routes:
        address = prefix + str(route.pattern)
        if isinstance(route, URLResolver):
            yield from views_of(route.url_patterns, address)
        else:
            yield address, route.callback


def undeclared(routes: Routes) -> list[str]:
    return [address for address, view in views_of(routes) if declaration_of(view) is None]


def test_every_route_declares_its_policy() -> None:
    routes = get_resolver().url_patterns
    print(f"routes: {len(list(views_of(routes)))}, undeclared: {len(undeclared(routes))}")
    assert set(undeclared(routes)) == set(LISTED)


def test_a_route_that_declares_nothing_would_be_found() -> None:
    def forgotten(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    routes = [*get_resolver().url_patterns, path("forgotten/", forgotten)]
    assert set(undeclared(routes)) - set(LISTED) == {"forgotten/"}


def test_what_is_open_to_all_says_why() -> None:
    for address, view in views_of(get_resolver().url_patterns):
        declaration = declaration_of(view)
        if declaration is None:
            assert address in LISTED
            continue
        assert declaration.policy is not None or declaration.reason
