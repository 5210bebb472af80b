"""Accounts: seen by those who watch, changed by administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from lianfang.errors import InputError
from lianfang.web.core.events import Asked, events
from lianfang.web.core.words import say
from lianfang.web.institution import people
from lianfang.web.institution.forms import PersonForm, ReasonForm, RightsForm
from lianfang.web.institution.models import User
from lianfang.web.institution.passwords import first_password
from lianfang.web.institution.people import Act
from lianfang.web.institution.refusals import RefusedError
from lianfang.web.institution.rights import may, needs
from lianfang.web.institution.services import add_user
from lianfang.web.institution.sessions import sessions_of
from lianfang.web.institution.views.audit import what_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PAGE = 50
LATELY = 20


@needs("people.see")
def everybody(request: HttpRequest) -> HttpResponse:
    """All accounts, found by a part of a name."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = _with_factors(User.objects.order_by("-is_active", "username"))
    if asked:
        found = found.filter(Q(username__icontains=asked) | Q(shown_name__icontains=asked))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    told = {
        "page": page,
        "rows": [(one, say(f"role_{one.role}"), purposes_named(one)) for one in page],
        "q": asked,
        "manages": may(request.user, "people.manage"),
    }
    return render(request, "institution/people.html", told)


@needs("people.manage")
def new_person(request: HttpRequest) -> HttpResponse:
    """Make an account; its first password is on the answer, and nowhere else."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told, password = form.cleaned_data, first_password()
        try:
            user = add_user(
                username=told["username"],
                shown_name=told["shown_name"],
                email=told["email"],
                role=told["role"],
                purposes=None if told["usual"] else told["purposes"],
                password=password,
                by=_who(request),
                must_change_password=True,
            )
        except InputError as error:
            form.add_error("username", error.what)
        else:
            return _first_password(request, user, password)
    return render(request, "institution/new_person.html", {"form": form})


@needs("people.see")
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One account: rights, second factors, sessions, what was done to it."""
    found = get_object_or_404(_with_factors(User.objects.all()), pk=person_id)
    done = events(Asked(object_=str(found.pk))).filter(
        Q(what__startswith="account.") | Q(what__startswith="factor.")
    )[:LATELY]
    told = {
        "person": found,
        "role": say(f"role_{found.role}"),
        "purposes": purposes_named(found),
        "sessions": sessions_of(found),
        "events": [(one, what_name(one.what)) for one in done],
        "manages": may(request.user, "people.manage"),
        "oneself": found == request.user,
        "form": RightsForm(initial={"role": found.role, "purposes": found.purposes}),
    }
    return render(request, "institution/person.html", told)


@needs("people.manage")
@require_POST
def rights(request: HttpRequest, person_id: int) -> HttpResponse:
    """Change role and purposes."""
    form = RightsForm(request.POST)
    if not form.is_valid():
        messages.error(request, say("rights_unknown"))
        return redirect("person", person_id=get_object_or_404(User, pk=person_id).pk)
    return _done(request, person_id, people.change_rights, **form.cleaned_data)


@needs("people.manage")
@require_POST
def active(request: HttpRequest, person_id: int) -> HttpResponse:
    """Keep somebody out, or let somebody in again."""
    return _done(request, person_id, people.set_active, active="active" in request.POST)


@needs("people.manage")
@require_POST
def factor(request: HttpRequest, person_id: int) -> HttpResponse:
    """Forget somebody's second factors."""
    return _done(request, person_id, people.reset_factor)


@needs("people.manage")
@require_POST
def sign_out(request: HttpRequest, person_id: int) -> HttpResponse:
    """End all sessions of somebody."""
    return _done(request, person_id, people.end_all_sessions)


@needs("people.manage")
@require_POST
def password(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give somebody a new first password."""
    found = get_object_or_404(User, pk=person_id)
    try:
        user, made = people.reset_password(user_id=found.pk, act=_act(request))
    except RefusedError as error:
        return _refused(request, found.pk, error)
    return _first_password(request, user, made)


def purposes_named(user: User) -> str:
    """A person's purposes, as people call them."""
    return say("list_comma").join(say(f"purpose_{one}") for one in user.purposes)


def _done(
    request: HttpRequest, person_id: int, change: Callable[..., object], **told: object
) -> HttpResponse:
    found = get_object_or_404(User, pk=person_id)
    try:
        change(user_id=found.pk, act=_act(request), **told)
    except RefusedError as error:
        return _refused(request, found.pk, error)
    messages.success(request, say("person_changed", name=found))
    return redirect("person", person_id=found.pk)


def _refused(request: HttpRequest, person_id: int, error: RefusedError) -> HttpResponse:
    messages.error(request, say(error.key))
    return redirect("person", person_id=person_id)


def _act(request: HttpRequest) -> Act:
    form = ReasonForm(request.POST)
    return Act(_who(request), form.cleaned_data["why"] if form.is_valid() else "")


def _first_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    told = {"person": user, "password": password}
    return render(request, "institution/first_password.html", told)


def _with_factors(users: QuerySet[User]) -> QuerySet[User]:
    of_user = {"user": OuterRef("pk")}
    return users.annotate(
        has_totp=Exists(Authenticator.objects.filter(type="totp", **of_user)),
        has_key=Exists(Authenticator.objects.filter(type="webauthn", **of_user)),
        signs_in_elsewhere=Exists(SocialAccount.objects.filter(**of_user)),
    )


def _who(request: HttpRequest) -> str:
    return cast("User", request.user).username
