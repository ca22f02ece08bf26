"""Bodies of a county with their place in the tree, their history and their disclosure office.

It names no person: who holds which role is gongkai.accounts' business.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from statute.remedies import BodyKind


class AgencyKind(models.TextChoices):
    """What a body is; who reviews its decisions follows from `remedy_kind`."""

    GOVERNMENT = "government", "人民政府"
    GOVERNMENT_OFFICE = "government_office", "人民政府办公厅（室）"
    DEPARTMENT = "department", "工作部门"
    TOWNSHIP = "township", "乡镇人民政府"
    STREET = "street", "街道办事处"
    AUTHORISED = "authorised", "法律、法规授权的组织"
    PUBLIC_ENTERPRISE = "public_enterprise", "公共企事业单位"


# The kinds of statute.remedies that a kind of agency may be; the first is meant unless another is
# chosen. A public enterprise has none: its users complain to the department in charge
# (`regulations#55`).
REMEDY_KINDS: dict[str, tuple[BodyKind, ...]] = {
    AgencyKind.GOVERNMENT: (BodyKind.GOVERNMENT, BodyKind.PROVINCIAL_GOVERNMENT),
    AgencyKind.GOVERNMENT_OFFICE: (BodyKind.DEPARTMENT,),
    AgencyKind.DEPARTMENT: (
        BodyKind.DEPARTMENT,
        BodyKind.JUSTICE,
        BodyKind.VERTICAL,
        BodyKind.BRANCH,
        BodyKind.MINISTRY,
    ),
    AgencyKind.TOWNSHIP: (BodyKind.TOWNSHIP,),
    AgencyKind.STREET: (BodyKind.STREET_OFFICE,),
    AgencyKind.AUTHORISED: (BodyKind.ORGANISATION,),
    AgencyKind.PUBLIC_ENTERPRISE: (),
}

_REMEDY_LABELS = {
    BodyKind.MINISTRY: "国务院部门",
    BodyKind.PROVINCIAL_GOVERNMENT: "省级人民政府",
    BodyKind.GOVERNMENT: "设区的市、县级人民政府",
    BodyKind.TOWNSHIP: "乡镇人民政府",
    BodyKind.STREET_OFFICE: "街道办事处等派出机关",
    BodyKind.DEPARTMENT: "县级以上地方人民政府工作部门",
    BodyKind.JUSTICE: "司法行政部门（行政复议机构）",
    BodyKind.VERTICAL: "实行垂直领导的机关",
    BodyKind.BRANCH: "工作部门的派出机构",
    BodyKind.ORGANISATION: "法律、法规授权的组织",
}
REMEDY_CHOICES = [(kind.value, _REMEDY_LABELS[kind]) for kind in BodyKind]


def _covers(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Selections of bodies."""

    def valid_on(self, on: date) -> AgencyQuerySet:
        """Bodies that exist on a day."""
        return self.filter(_covers(on))

    def visible_to(self, user_agencies: Iterable[Agency], *, supervising: bool) -> AgencyQuerySet:
        """The bodies whose inner affairs someone may see: those he serves; for the supervising
        office every one (`regulations#3`). Being above another in the tree opens nothing."""
        if supervising:
            return self.all()
        return self.filter(pk__in=[agency.pk for agency in user_agencies])


class Agency(models.Model):
    """A body: government, department, township … `code` is its short name in the machine.

    A code is never given again, not even when its body has ended: the trail is chained per code.
    `name`, `short_name` and `parent` are those of the latest Designation, kept here for sorting.
    """

    code = models.SlugField("机关代码", max_length=32, unique=True)
    kind = models.CharField("机关类别", max_length=24, choices=AgencyKind.choices)
    name = models.CharField("机关名称", max_length=100)
    short_name = models.CharField("机关简称", max_length=40, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    supervising = models.BooleanField("政府信息公开主管部门", default=False)
    demonstration = models.BooleanField("演示数据", default=False)
    valid_from = models.DateField("成立日期")
    valid_to = models.DateField("终止日期", null=True, blank=True)

    letter_code = models.CharField("机关代字", max_length=20, blank=True)
    index_code = models.CharField("索引号机关代码", max_length=40, blank=True)
    region = models.CharField("行政区划代码", max_length=12, blank=True)
    department_code = models.CharField("统一编号部门代码", max_length=2, blank=True)

    remedy_kind = models.CharField("救济类别", max_length=24, choices=REMEDY_CHOICES, blank=True)
    review_government = models.CharField("行政复议机关（人民政府）", max_length=100, blank=True)
    higher_department = models.CharField("上一级主管部门", max_length=100, blank=True)
    basic_court = models.CharField("基层人民法院", max_length=100, blank=True)
    intermediate_court = models.CharField("中级人民法院", max_length=100, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = "机关"
        ordering: ClassVar[list[str]] = ["code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["supervising"],
                condition=Q(supervising=True),
                name="agencies_one_supervising",
                violation_error_message="政府信息公开主管部门只能有一个",
            ),
            models.CheckConstraint(
                condition=Q(supervising=False)
                | Q(kind=AgencyKind.GOVERNMENT_OFFICE, valid_to__isnull=True),
                name="agencies_supervising_is_a_government_office",
                violation_error_message="主管部门须是存续的人民政府办公厅（室）",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agencies_agency_period",
                violation_error_message="终止日期不能早于成立日期",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
                name="agencies_not_its_own_parent",
                violation_error_message="机关不能是自己的上级",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=AgencyKind.values), name="agencies_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, on: date) -> bool:
        """Whether the body exists on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class Designation(models.Model):
    """What a body was called, and under which body it stood, from a day to a day."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="designations")
    name = models.CharField("机关名称", max_length=100)
    short_name = models.CharField("机关简称", max_length=40, blank=True)
    parent = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)
    basis = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "机关沿革"
        ordering: ClassVar[list[str]] = ["agency", "valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agency", "valid_from"], name="agencies_one_designation_a_day"
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(valid_to__isnull=True),
                name="agencies_one_open_designation",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agencies_designation_period",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("agency")),
                name="agencies_designation_not_under_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.valid_from} 至 {self.valid_to or '今'}）"


class SuccessionKind(models.TextChoices):
    """How one body followed another."""

    MERGED = "merged", "并入"
    SPLIT = "split", "分设"


class Succession(models.Model):
    """One body took over, from a day on, all or part of what another did; never deleted."""

    predecessor = models.ForeignKey(Agency, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, models.PROTECT, related_name="inheritances")
    kind = models.CharField(max_length=8, choices=SuccessionKind.choices)
    on = models.DateField("自")
    basis = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "承继关系"
        ordering: ClassVar[list[str]] = ["on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on"], name="agencies_succession_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="agencies_succession_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor}{self.get_kind_display()}{self.successor}"


class DisclosureOffice(models.Model):
    """The office in a body that handles disclosure, and what its guide must state.

    The nine elements of the guide (`regulations#12`): three on the information, six to reach the
    office. `confirmed_on` is the day someone last found them right.
    """

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="disclosure_office")
    classification = models.TextField("信息分类")
    arrangement = models.TextField("编排体系")
    access = models.TextField("获取方式")
    name = models.CharField("工作机构名称", max_length=100)
    address = models.CharField("办公地址", max_length=200)
    hours = models.CharField("办公时间", max_length=200)
    phone = models.CharField("联系电话", max_length=100)
    fax = models.CharField("传真号码", max_length=100)
    online = models.CharField("互联网联系方式", max_length=200)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    confirmed_on = models.DateField("核对日期")

    class Meta:
        verbose_name = "政府信息公开工作机构"

    def __str__(self) -> str:
        return self.name
