from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from lianfang.web.core.words import say
from lianfang.web.guidance.models import What
from lianfang.web.guidance.services import HIGHEST, LOWEST

if TYPE_CHECKING:
    from django.http import QueryDict

    from lianfang.web.guidance.models import Setting

_FIELDS = {
    What.SWITCH: ("off",),
    What.BOUNDS: ("clear_below", "suspect_from"),
    What.LEAST: ("suspect_from",),
}


def _score() -> forms.FloatField:
    box = forms.NumberInput(attrs={"step": "0.01"})
    return forms.FloatField(min_value=LOWEST, max_value=HIGHEST, required=False, widget=box)


class SettingForm(forms.Form):
    """A change of one subject: its values, until when, and why."""

    what = forms.ChoiceField(choices=What.choices, widget=forms.HiddenInput)
    of = forms.CharField(max_length=120, required=False, widget=forms.HiddenInput)
    off = forms.BooleanField(required=False, widget=forms.HiddenInput)
    clear_below, suspect_from = _score(), _score()
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(max_length=300)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        what: str,
        of: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id=f"{what}-{of.replace('/', '-')}-%s")
        kept = {"what", "of", "until", "why", *_FIELDS.get(What(what), ())}
        for name in self.fields.keys() - kept:
            del self.fields[name]
        for name, field in self.fields.items():
            field.label = say(f"setting_{name}")

    @property
    def switches_off(self) -> bool:
        """Whether sending it takes the feature out."""
        return bool(self["off"].value()) if "off" in self.fields else False

    def clean_until(self) -> datetime | None:
        """The end of the day that is named."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        if day < timezone.localdate():
            raise forms.ValidationError(say("setting_past"))
        end = datetime.combine(day + timedelta(days=1), datetime.min.time())
        return timezone.make_aware(end)

    def clean(self) -> dict[str, Any]:
        made = super().clean() or {}
        low, high = made.get("clear_below"), made.get("suspect_from")
        if made.get("what") == What.BOUNDS and not self.errors:
            if (low is None) != (high is None):
                raise forms.ValidationError(say("setting_both"))
            if low is not None and low > high:
                raise forms.ValidationError(say("setting_crossed"))
        return made


def form_of(what: str, of: str, standing: Setting | None) -> SettingForm:
    """A form with what stands; of a switch, with the opposite."""
    values: dict[str, Any] = {"what": what, "of": of, "off": "" if standing else "on"}
    if standing:
        values |= {
            "clear_below": standing.clear_below,
            "suspect_from": standing.suspect_from,
        }
    return SettingForm(initial=values, what=what, of=of)
