"""The record, for those who watch over the house."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404
from django.shortcuts import render
from django.utils.http import urlencode

from lianfang.web.core.audit import record
from lianfang.web.core.events import PAGE, Place, events, kinds
from lianfang.web.core.exports import as_csv
from lianfang.web.core.words import language, say, words
from lianfang.web.institution.forms import AuditForm
from lianfang.web.institution.rights import needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

    from lianfang.web.core.events import Asked
    from lianfang.web.core.models import Event
    from lianfang.web.institution.models import User

COLUMNS = ("when", "who", "what", "object", "reason", "address")


@needs("audit.see")
def audit(request: HttpRequest) -> HttpResponse:
    """What people did: by who, what, object, days and address, alone or together."""
    form = AuditForm(request.GET)
    found = [*events(form.asked(), _place(request))[: PAGE + 1]] if form.is_valid() else []
    shown = found[:PAGE]
    told = {
        "form": form,
        "events": [(one, what_name(one.what)) for one in shown],
        "kinds": _choices(),
        "filter": urlencode(_filled(form)),
        "next": _next(form, shown[-1]) if len(found) > PAGE else "",
    }
    return render(request, "institution/audit.html", told)


@needs("audit.see")
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file; that it was exported is on record, with what was asked for."""
    form = AuditForm(request.GET)
    if not form.is_valid():
        raise Http404
    who = cast("User", request.user).username
    told = urlencode(_filled(form))
    number = record(who=who, what="audit.export", object_="record", why=told[:500])
    return as_csv(f"audit-{number}.csv", _rows(form.asked(), number))


def what_name(what: str) -> str:
    """What a kind of event is called; its code where nobody has named it."""
    return words(language()).get(f"event_{what}", what)


def _rows(asked: Asked, number: int) -> Iterator[list[Any]]:
    yield [say(column) for column in COLUMNS]
    for one in events(asked).filter(pk__lte=number).iterator():
        yield [one.at.isoformat(), one.who, one.what, one.object, one.why, one.address]


def _choices() -> list[tuple[str, str]]:
    """Each noun, and the kinds of events below it."""
    there = kinds()
    nouns = sorted({what.partition(".")[0] + "." for what in there})
    return [(one, what_name(one)) for one in sorted([*there, *nouns])]


def _filled(form: AuditForm) -> dict[str, str]:
    return {name: text for name in form.fields if (text := form.data.get(name, ""))}


def _next(form: AuditForm, last: Event) -> str:
    return urlencode(_filled(form) | {"after": f"{last.at.isoformat()}_{last.pk}"})


def _place(request: HttpRequest) -> Place | None:
    told = request.GET.get("after", "")
    if not told:
        return None
    at, _, number = told.partition("_")
    try:
        moment = datetime.fromisoformat(at)
        place = Place(moment, int(number))
    except ValueError as error:
        raise Http404 from error
    if moment.tzinfo is None or not 0 < place.number < 2**63:
        raise Http404
    return place
