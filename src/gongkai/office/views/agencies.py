"""Bodies: the list, one body with its history, founding, and the data of its guide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.accounts.access import may, requires, standing
from gongkai.agencies import queries
from gongkai.agencies.contacts import CONTACT_FIELDS, label_of
from gongkai.agencies.errors import AgencyError
from gongkai.agencies.models import Agency, AgencyKind, Designation, DisclosureOffice, Succession
from gongkai.agencies.services.founding import Charter, create_agency
from gongkai.agencies.services.offices import confirm_disclosure_office, set_disclosure_office
from gongkai.office import policies
from gongkai.office.forms.agencies import ContactForm, FoundForm
from gongkai.office.forms.filters import AgencyFilter
from gongkai.office.screens import Ask, ask, sent
from gongkai.office.verbs import acting, attempt, now
from gongkai.web.panels import EmptyState, Link
from gongkai.web.tables import Column, Table, exported

LIST = Link("机关", "/office/agencies/")
EMPTY = EmptyState(
    "没有符合条件的机关",
    "可能是名称写得不全，或者机关已经撤销。",
    (Link("看全部机关", "/office/agencies/?state=all"),),
)


def found(code: str) -> Agency:
    """The body of an address; 404 where there is none."""
    agency = Agency.objects.select_related("parent").filter(code=code).first()
    if agency is None:
        raise Http404
    return agency


def agency_id(_request: HttpRequest, *, code: str) -> int:
    """What the policies judge: the id of the body in the address."""
    return found(code).pk


def url_of(agency: Agency) -> str:
    """The screen of a body."""
    return reverse("office:agency", args=[agency.code])


COLUMNS: tuple[Column[Agency], ...] = (
    Column("name", "机关名称", lambda row: row.name, ("name",), link=url_of),
    Column("code", "代码", lambda row: row.code, ("code",)),
    Column("kind", "类别", lambda row: AgencyKind(row.kind).label, ("kind", "code")),
    Column("parent", "上级", lambda row: row.parent.name if row.parent else "—", ("parent__code",)),
    Column("from", "成立日期", lambda row: row.valid_from.isoformat(), ("valid_from",)),
    Column("to", "终止日期", lambda row: row.valid_to.isoformat() if row.valid_to else "—"),
)


@require_safe
@requires(policies.SEE_AGENCIES)
def agency_list(request: HttpRequest) -> HttpResponse:
    """Every body of the county, those that exist today first asked."""
    filters = AgencyFilter(request.GET)
    every = Agency.objects.select_related("parent").order_by("code")
    rows = filters.narrow(every, localdate())
    table = Table(COLUMNS, rows, request.GET, "机关名录", "个")
    if (file := exported(request, table, "机关名录")) is not None:
        return file
    who = standing(request)
    return render(
        request,
        "office/agencies.html",
        {
            "table": table,
            "filters": filters,
            "empty": EMPTY,
            "supervising": queries.supervising_agency(),
            "without_office": queries.without_disclosure_office(localdate()),
            "may_found": may(policies.FOUND_AGENCY, who),
        },
    )


@require_safe
@requires(policies.SEE_AGENCY, of=agency_id)
def detail(request: HttpRequest, *, code: str) -> HttpResponse:
    """One body: where it stands, its guide data, how it came to be."""
    agency = found(code)
    who = standing(request)
    office = DisclosureOffice.objects.filter(agency=agency).first()
    context: dict[str, Any] = {
        "agency": agency,
        "crumbs": [LIST, Link(agency.name)],
        "office": office,
        "contact": _contact_rows(office),
        "designations": Designation.objects.filter(agency=agency).select_related("parent"),
        "successions": Succession.objects.filter(
            Q(predecessor=agency) | Q(successor=agency)
        ).select_related("predecessor", "successor"),
        "children": Agency.objects.filter(parent=agency).order_by("code"),
        "exists": agency.exists_on(localdate()),
        "may_change": may(policies.CHANGE_AGENCY, who, agency.pk),
        "may_contact": may(policies.KEEP_CONTACT, who, agency.pk),
    }
    return render(request, "office/agency.html", context)


def _contact_rows(office: DisclosureOffice | None) -> list[tuple[str, str]]:
    if office is None:
        return []
    return [(label_of(name), getattr(office, name)) for name in CONTACT_FIELDS]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.FOUND_AGENCY)
def create(request: HttpRequest) -> HttpResponse:
    """Founds a body."""
    form = FoundForm(sent(request))
    if form.is_valid():
        said = form.cleaned_data
        agency = attempt(
            form,
            lambda: create_agency(
                by=acting(request),
                at=now(),
                code=said["code"],
                name=said["name"],
                kind=said["kind"],
                parent=said["parent"],
                valid_from=said["valid_from"],
                charter=Charter(short_name=said["short_name"], basis=said["basis"]),
            ),
            AgencyError,
        )
        if agency is not None:
            messages.success(request, f"已设立{agency.name}")
            return redirect(url_of(agency))
    return ask(request, form, Ask("设立机关", "设立机关", LIST, (LIST,)))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(policies.KEEP_CONTACT, of=agency_id)
def contact(request: HttpRequest, *, code: str) -> HttpResponse:
    """The nine elements of the guide."""
    agency = found(code)
    office = DisclosureOffice.objects.filter(agency=agency).first()
    known = {name: getattr(office, name) for name in CONTACT_FIELDS} if office else {}
    form = ContactForm(sent(request), initial=known)
    if form.is_valid():
        saved = attempt(
            form,
            lambda: set_disclosure_office(
                agency, by=acting(request, agency), at=now(), contact=form.contact()
            ),
            AgencyError,
        )
        if saved is not None:
            messages.success(request, "已保存政府信息公开工作机构")
            return redirect(url_of(agency))
    screen = Ask(
        "政府信息公开工作机构",
        "保存",
        Link(agency.name, url_of(agency)),
        (LIST, Link(agency.name, url_of(agency))),
        lead="公开指南要写明的九项（《政府信息公开条例》第十二条）。",
    )
    return ask(request, form, screen)


@require_POST
@requires(policies.KEEP_CONTACT, of=agency_id)
def confirm(request: HttpRequest, *, code: str) -> HttpResponse:
    """Someone looked the data over and found them right."""
    agency = found(code)
    try:
        confirm_disclosure_office(agency, by=acting(request, agency), at=now())
        messages.success(request, "已记下核对日期")
    except AgencyError as refusal:
        messages.error(request, str(refusal))
    return redirect(url_of(agency))
