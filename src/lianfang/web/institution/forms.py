"""What administrators and auditors fill in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.timezone import get_current_timezone

from lianfang.web.core.events import Asked
from lianfang.web.core.words import say
from lianfang.web.institution.models import Role
from lianfang.web.institution.people import LEAST_REASON, MOST_REASON
from lianfang.web.institution.purposes import ALL_PURPOSES

DAYS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class RightsForm(forms.Form):
    """A role and purposes."""

    role = forms.ChoiceField()
    purposes = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(one, say(f"role_{one}")) for one in Role.values]  # type: ignore[attr-defined]
        self.fields["purposes"].choices = [(one, say(f"purpose_{one}")) for one in ALL_PURPOSES]  # type: ignore[attr-defined]


class PersonForm(RightsForm):
    """A new account; the password is made for it."""

    username = forms.CharField(max_length=150)
    shown_name = forms.CharField(max_length=60, required=False)
    email = forms.EmailField(required=False)
    usual = forms.BooleanField(required=False, initial=True)

    field_order = ("username", "shown_name", "email", "role", "usual", "purposes")


class ReasonForm(forms.Form):
    """Why an account is changed."""

    why = forms.CharField(min_length=LEAST_REASON, max_length=MOST_REASON)


class AuditForm(forms.Form):
    """What is looked for in the record; days are whole ones, the last included."""

    who = forms.CharField(max_length=150, required=False)
    what = forms.CharField(max_length=60, required=False)
    object = forms.CharField(max_length=120, required=False)
    since = forms.DateField(required=False, validators=DAYS)
    until = forms.DateField(required=False, validators=DAYS)
    address = forms.GenericIPAddressField(required=False)

    def asked(self) -> Asked:
        """What a valid form asks for."""
        told = self.cleaned_data
        last = told["until"]
        return Asked(
            who=told["who"],
            what=told["what"],
            object_=told["object"],
            since=_midnight(told["since"]) if told["since"] else None,
            until=_midnight(last + timedelta(days=1)) if last else None,
            address=told["address"],
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, get_current_timezone())
