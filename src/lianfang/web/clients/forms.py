from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from lianfang.web.clients.scopes import scopes_of
from lianfang.web.clients.services import EVENTS, MOST_DAYS, MOST_PER_MINUTE
from lianfang.web.core.words import say
from lianfang.web.institution.purposes import Purpose

if TYPE_CHECKING:
    from lianfang.web.institution.models import User


class Chosen(forms.MultipleChoiceField):
    """Some of what is there, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class TokenForm(forms.Form):
    """A token; only scopes and purposes of who asks can be chosen."""

    prefix = "token"
    name = forms.CharField(max_length=60)
    scopes = Chosen()
    purposes = Chosen(required=False)
    days = forms.IntegerField(min_value=1, max_value=MOST_DAYS, initial=90)
    per_minute = forms.IntegerField(min_value=1, max_value=MOST_PER_MINUTE, initial=600)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        labels = {"name": "clients_program"}
        for name, field in self.fields.items():
            field.label = say(labels.get(name, f"clients_{name}"))
        _offer(self, "scopes", [(one, say(f"clients_scope_{one}")) for one in scopes_of(user)])
        _offer(self, "purposes", _purposes(user))


class EndpointForm(forms.Form):
    """An endpoint of webhooks; only purposes of who asks can be chosen."""

    prefix = "hook"
    url = forms.CharField(max_length=500, widget=forms.URLInput)
    events = Chosen()
    purposes = Chosen()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = say(f"clients_{name}")
        self.fields["url"].help_text = say("clients_url_help")
        _offer(self, "events", [(one, say(f"clients_event_{one}")) for one in EVENTS])
        _offer(self, "purposes", _purposes(user))


def _purposes(user: User) -> list[tuple[str, str]]:
    return [(one, say(f"purpose_{one}")) for one in Purpose.values if one in user.purposes]


def _offer(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    chosen = form.fields[field]
    if isinstance(chosen, Chosen):
        chosen.choices = choices
