from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from lianfang.web.core.words import say
from lianfang.web.trials.drafting import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence


class DraftForm(forms.Form):
    """A feature as somebody would have it, and why."""

    text = forms.CharField(
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "lang": "zh-CN"}),
    )
    why = forms.CharField(max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["text"].label = say("draft_text")
        self.fields["why"].label = say("draft_why")

    def clean_text(self) -> str:
        """With the line ends of a file."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n").rstrip() + "\n"


class RunForm(forms.Form):
    """Over which texts a draft is run."""

    purpose = forms.ChoiceField()

    def __init__(self, *args: Any, purposes: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field = self.fields["purpose"]
        field.label = say("purpose")
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one, say(f"purpose_{one}")) for one in purposes]
