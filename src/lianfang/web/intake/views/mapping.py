"""What the columns of a file mean, said by somebody who looks at its first rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from lianfang.errors import InputError, LianfangError
from lianfang.web.core.words import say
from lianfang.web.institution.rights import needs
from lianfang.web.intake.columns import meanings
from lianfang.web.intake.mapping import Asked, asked, say_columns
from lianfang.web.intake.models import Delivery, State
from lianfang.web.intake.opening import first_of
from lianfang.web.intake.showing import veiled
from lianfang.web.intake.telling import in_words
from lianfang.web.intake.views.sources import user_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PERSONAL = ("account", "name", "phone")
SHOWN = 120


class Column(NamedTuple):
    """A column on the page: its place, its name, what it holds."""

    place: int
    name: str
    field: str


@needs("intake.add")
def mapping(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Show the first rows, and take what their columns hold."""
    parts = ("source", "original", "repairs")
    found = first_of(get_object_or_404(Delivery.objects.select_related(*parts), pk=delivery_id))
    try:
        told = asked(found)
    except LianfangError as error:
        messages.error(request, in_words(error.what))
        return redirect("delivery", delivery_id=found.pk)
    fields = told.fields
    if request.method == "POST":
        fields = [request.POST.get(f"column-{n}", "") for n, _ in enumerate(told.look.names)]
        if _said(request, found, fields):
            return redirect("delivery", delivery_id=found.pk)
    page = {
        "delivery": found,
        "format": told.look.format.upper(),
        "columns": _columns(told, fields),
        "rows": _rows(told, fields),
        "meanings": [("", say("column_none")), *_meanings(found.source.kind)],
        "profile": told.profile,
        "for_later": found.state not in (State.MAPPING, State.FAILED),
    }
    return render(request, "intake/mapping.html", page)


def _said(request: HttpRequest, delivery: Delivery, fields: list[str]) -> bool:
    try:
        say_columns(delivery=delivery, fields=fields, user=user_of(request))
    except InputError:
        messages.error(request, say("columns_wrong"))
        return False
    messages.success(request, say("columns_kept"))
    return True


def _meanings(kind: str) -> list[tuple[str, str]]:
    return [(key, say(f"column_{key}")) for key in meanings(kind)]


def _columns(told: Asked, fields: list[str]) -> list[Column]:
    pairs = zip(told.look.names, fields, strict=True)
    return [Column(n, veiled(name)[:SHOWN], field) for n, (name, field) in enumerate(pairs)]


def _rows(told: Asked, fields: list[str]) -> list[list[str]]:
    """Without personal values; which columns hold some shows by what is said of them."""
    return [
        [
            veiled(cell, whole=field in PERSONAL)[:SHOWN]
            for cell, field in zip(row, fields, strict=True)
        ]
        for row in told.look.rows
    ]
