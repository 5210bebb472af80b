from __future__ import annotations

from typing import Any

from django import forms

from lianfang.web.core.words import say
from lianfang.web.institution.purposes import Purpose
from lianfang.web.intake.models import Kind, Source


class SourceForm(forms.Form):
    """A source; only purposes of who asks can be chosen."""

    name = forms.CharField(max_length=120)
    kind = forms.ChoiceField()
    purpose = forms.ChoiceField()
    basis = forms.CharField(max_length=300)

    def __init__(self, *args: Any, purposes: list[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        chosen = [one for one in Purpose.values if one in purposes]
        self._choices("kind", [(kind, say(f"kind_{kind}")) for kind in Kind.values])
        self._choices("purpose", [(one, say(f"purpose_{one}")) for one in chosen])
        self.fields["name"].label, self.fields["basis"].label = say("name"), say("basis")
        self.fields["basis"].help_text = say("basis_help")

    def _choices(self, field: str, choices: list[tuple[str, str]]) -> None:
        chosen = self.fields[field]
        chosen.label = say(field)
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = choices

    def clean(self) -> dict[str, Any]:
        made = super().clean() or {}
        name, purpose = made.get("name"), made.get("purpose")
        if Source.objects.filter(name=name, purpose=purpose).exists():
            self.add_error("name", say("name_taken"))
        return made
