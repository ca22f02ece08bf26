"""Forms about people: opening an account, duties, absence cover."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongkai.accounts.models import User
from gongkai.accounts.roles import AdministratorRole, Role
from gongkai.agencies.models import Agency
from gongkai.office.forms.fields import DateField


class OpenForm(forms.Form):
    """A new account; its password is made by the system and shown once."""

    display_name = forms.CharField(label="姓名", max_length=40)
    username = forms.CharField(
        label="登录名", max_length=32, help_text="3–32 个字符，小写字母开头，如 zhouky。"
    )


class NameForm(forms.Form):
    """A corrected name."""

    display_name = forms.CharField(label="姓名", max_length=40)


class DutyForm(forms.Form):
    """A duty in an agency; the choices are what the asker may give."""

    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", empty_label="请选择")
    role = forms.ChoiceField(label="角色")
    valid_from = DateField(label="起始日期", required=False, help_text="不填就是今天。")
    valid_to = DateField(label="截止日期", required=False, help_text="不填就是一直有效。")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        agencies: QuerySet[Agency],
        roles: frozenset[Role],
    ) -> None:
        super().__init__(data)
        agency, role = self.fields["agency"], self.fields["role"]
        if isinstance(agency, forms.ModelChoiceField):
            agency.queryset = agencies
        if isinstance(role, forms.ChoiceField):
            role.choices = [("", "请选择")] + [
                (one.value, one.label) for one in Role if one in roles
            ]


class CoverForm(forms.Form):
    """Who stands in, where, from when to when, why."""

    standing_in = forms.ModelChoiceField(User.objects.none(), label="谁来代", empty_label="请选择")
    agency = forms.ModelChoiceField(Agency.objects.none(), label="机关", empty_label="请选择")
    starts_on = DateField(label="起始日期")
    ends_on = DateField(label="截止日期", help_text="这一天也算。")
    reason = forms.CharField(label="事由", max_length=100, help_text="如：年休假、学习、病假。")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        people: QuerySet[User],
        agencies: QuerySet[Agency],
    ) -> None:
        super().__init__(data)
        person, agency = self.fields["standing_in"], self.fields["agency"]
        if isinstance(person, forms.ModelChoiceField):
            person.queryset = people
        if isinstance(agency, forms.ModelChoiceField):
            agency.queryset = agencies


class IdentityForm(forms.Form):
    """Whom the identity provider means, in its own words."""

    uid = forms.CharField(
        label="用户标识（sub）",
        max_length=191,
        help_text="向统一身份认证的管理单位索取，不是姓名、手机号码或身份证号码。",
    )


class AppointForm(forms.Form):
    """Which of the three administrators."""

    role = forms.ChoiceField(label="任命为", choices=AdministratorRole.choices)
