from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from lianfang.errors import InputError, LianfangError, NotFoundError
from lianfang.report.guidance import guide_name
from lianfang.web.core.words import language, say
from lianfang.web.guidance import selectors
from lianfang.web.guidance.forms import SettingForm, form_of
from lianfang.web.guidance.models import Setting, What
from lianfang.web.guidance.screening import shipped_bounds
from lianfang.web.guidance.services import change, undo
from lianfang.web.guidance.shipped import features, library
from lianfang.web.institution.rights import needs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from lianfang.web.institution.models import User

PAGE = 50


class Told(NamedTuple):
    """A setting in words.

    Attributes:
        last: whether it can be undone.
    """

    row: Setting
    subject: str
    said: str
    last: bool


class Row(NamedTuple):
    """Bounds of an activity, or of all texts."""

    name: str
    own: Setting | None
    form: SettingForm


@needs("guides.see")
def settings(request: HttpRequest, form: SettingForm | None = None) -> HttpResponse:
    """What this institution set for itself, now and before."""
    last = selectors.last()
    newest = {one.pk for one in last}
    standing = selectors.standing(last)
    page = Paginator(Setting.objects.select_related("by"), PAGE).get_page(request.GET.get("page"))
    told = {
        "form": form,
        "page": page,
        "history": [_told(one, newest) for one in page],
        "standing": [_told(one, newest) for one in standing if one.what != What.BOUNDS],
        "bounds": _bounds(standing),
        "shipped": shipped_bounds(),
        "version": selectors.current(last).version,
    }
    return render(request, "guidance/settings.html", told)


@needs("guides.set")
@require_POST
def change_setting(request: HttpRequest) -> HttpResponse:
    """Set something anew."""
    what, of = request.POST.get("what", ""), request.POST.get("of", "")
    if what not in What.values:
        raise Http404
    form = SettingForm(request.POST, what=what, of=of)
    if form.is_valid():
        try:
            made = change(**form.cleaned_data, user=_user(request), request=request)
        except NotFoundError as error:
            raise Http404 from error
        except LianfangError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, say("setting_kept", number=made.pk))
            return redirect("settings")
    return settings(request, form)


@needs("guides.set")
@require_POST
def undo_setting(request: HttpRequest, setting_id: int) -> HttpResponse:
    """Take back the last change of a subject."""
    get_object_or_404(Setting, pk=setting_id)
    try:
        made = undo(setting_id=setting_id, user=_user(request), request=request)
        messages.success(request, say("setting_kept", number=made.pk))
    except InputError:
        messages.error(request, say("setting_not_last"))
    return redirect("settings")


def _bounds(standing: list[Setting]) -> list[Row]:
    own = {one.of: one for one in standing if one.what == What.BOUNDS}
    names = {"": say("setting_all")}
    names |= {name: guide_name(one, language()) for name, one in library().guides.items()}
    return [
        Row(said, own.get(name), form_of(What.BOUNDS, name, own.get(name)))
        for name, said in names.items()
    ]


def _told(one: Setting, newest: set[int]) -> Told:
    return Told(one, _subject(one), _said(one), one.pk in newest and not one.undoes_id)


def _subject(one: Setting) -> str:
    if one.what == What.BOUNDS:
        guide = library().guides.get(one.of)
        return guide_name(guide, language()) if guide else say("setting_all")
    known = features().get(one.of)
    return getattr(known.feature.label, language()) if known else one.of


def _said(one: Setting) -> str:
    if one.what == What.SWITCH:
        return say("setting_off" if one.off else "setting_on")
    if one.suspect_from is None:
        return say("setting_shipped")
    if one.what == What.LEAST:
        return say("setting_least", suspect=f"{one.suspect_from:.2f}")
    return say("setting_bounds", clear=f"{one.clear_below:.2f}", suspect=f"{one.suspect_from:.2f}")


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
