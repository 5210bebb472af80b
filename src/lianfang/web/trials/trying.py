"""A feature edited, run in shadow, looked at and taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from lianfang.errors import InputError
from lianfang.web.core.words import language, say
from lianfang.web.guidance.shipped import features
from lianfang.web.institution.rights import may, needs
from lianfang.web.intake.showing import pieces
from lianfang.web.trials import selectors
from lianfang.web.trials.drafting import patch, problems
from lianfang.web.trials.forms import DraftForm, RunForm
from lianfang.web.trials.models import Change, Draft, Kind, Run
from lianfang.web.trials.services import DAYS, cancel, exported, save_draft, start
from lianfang.web.trials.views import known_or_404, name_of, shown

if TYPE_CHECKING:
    from django.http import HttpRequest

    from lianfang.web.guidance.shipped import Known
    from lianfang.web.institution.models import User

PAGE = 20
FORMS = ("patch", "yaml")


@needs("guides.try")
@require_POST
def draft_feature(request: HttpRequest, guide_id: str, feature_id: str) -> HttpResponse:
    """Check what somebody wrote; keep it where nothing is wrong."""
    known = known_or_404(guide_id, feature_id)
    form = DraftForm(request.POST)
    wrong = problems(known, form.cleaned_data["text"]) if form.is_valid() else []
    if not form.is_valid() or wrong:
        told = drafts_of(request, known) | {"form": form, "problems": wrong}
        return render(request, "trials/feature.html", shown(known) | told)
    made = save_draft(**form.cleaned_data, of=known.id, user=_user(request), request=request)
    return redirect("draft", draft_id=made.pk)


@needs("guides.see")
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """A draft: what it changes, its runs, and what can be done with it."""
    found, known = _draft(draft_id)
    told = {
        "draft": found,
        "known": known,
        "label": getattr(known.feature.label, language()),
        "guide": name_of(known.folder),
        "patch": _patch(found, known),
        "days": DAYS,
        "runs": [(one, say(f"run_{one.state}")) for one in _runs(found)],
        "form": RunForm(purposes=_user(request).purposes),
    }
    return render(request, "trials/draft.html", told)


@needs("guides.try")
def take_draft(request: HttpRequest, draft_id: int, form: str) -> HttpResponse:
    """The change as a file: a patch of the guides' folder, or the feature alone."""
    found, known = _draft(draft_id)
    if form not in FORMS:
        raise Http404
    exported(draft=found, form=form, user=_user(request), request=request)
    content = found.text if form == "yaml" else _header(found) + _patch(found, known)
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    name = f"{known.feature.id}-{found.pk}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@needs("guides.try")
@require_POST
def run_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Have a draft run in shadow over the last month."""
    found, _ = _draft(draft_id)
    try:
        made = start(
            draft=found,
            purpose=request.POST.get("purpose", ""),
            user=_user(request),
            request=request,
        )
    except InputError:
        messages.error(request, say("run_no_purpose"))
        return redirect("draft", draft_id=draft_id)
    return redirect("run", run_id=made.pk)


@needs("guides.see")
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """What a run found, so far or at the end."""
    found = get_object_or_404(Run.objects.select_related("draft__by", "by"), pk=run_id)
    kind = request.GET.get("kind", "")
    samples = Change.objects.filter(run=found).select_related("item__source")
    if kind in Kind.values:
        samples = samples.filter(kind=kind)
    page = Paginator(samples, PAGE).get_page(request.GET.get("page"))
    known = features().get(found.draft.feature)
    counts = selectors.kinds(found)
    told = {
        "run": found,
        "known": known,
        "label": getattr(known.feature.label, language()) if known else found.draft.feature,
        "state": say(f"run_{found.state}"),
        "purpose": say(f"purpose_{found.purpose}"),
        "counts": [(one, say(f"change_{one}"), number) for one, number in counts.items()],
        "lost": [(say(f"state_{one.state}"), one) for one in selectors.lost(found)],
        "by_source": selectors.by_source(found),
        "by_week": selectors.by_week(found),
        "kind": kind,
        "page": page,
        "samples": [_sample(one, found.draft.feature) for one in page],
        "can_cancel": may(request.user, "guides.try") and not found.ended,
    }
    return render(request, "trials/run.html", told)


@needs("guides.see")
def run_progress(_: HttpRequest, run_id: int) -> JsonResponse:
    """How far a run is, for the page that waits."""
    found = get_object_or_404(Run, pk=run_id)
    counts = {name: getattr(found, name) for name in ("done", "changed")}
    return JsonResponse({**counts, "share": found.share, "ended": found.ended})


@needs("guides.try")
@require_POST
def cancel_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Stop a run."""
    get_object_or_404(Run, pk=run_id)
    try:
        cancel(run_id=run_id, user=_user(request), request=request)
    except InputError:
        messages.error(request, say("run_has_ended"))
    return redirect("run", run_id=run_id)


def drafts_of(request: HttpRequest, known: Known) -> dict[str, Any]:
    """Drafts of a feature, and a form that begins with one's own last."""
    found = list(Draft.objects.filter(feature=known.id).select_related("by")[:PAGE])
    mine = next((one for one in found if one.by_id == _user(request).pk), None)
    text = mine.text if mine else known.fragment.text
    return {"drafts": found, "form": DraftForm(initial={"text": text}), "problems": []}


def _draft(draft_id: int) -> tuple[Draft, Known]:
    found = get_object_or_404(Draft.objects.select_related("by"), pk=draft_id)
    return found, known_or_404(*found.feature.split("/", 1))


def _patch(found: Draft, known: Known) -> str:
    return patch(known, found.text, timezone.localdate(found.made_at))


def _header(found: Draft) -> str:
    """Lines before a patch are for people; tools that apply it pass over them."""
    lines = [f"# {found.feature}, {found.made_at:%Y-%m-%d}: {found.why}"]
    for one in _runs(found):
        counts = selectors.kinds(one)
        said = ", ".join(f"{kind} {number}" for kind, number in counts.items())
        lines.append(f"# shadow run {one.pk} ({one.purpose}): {one.done} texts; {said}")
    return "".join(f"{' '.join(line.split())}\n" for line in lines)


def _runs(found: Draft) -> list[Run]:
    return list(found.runs.select_related("by")[:PAGE])


def _sample(one: Change, feature: str) -> dict[str, Any]:
    known = features().get(feature)
    label = getattr(known.feature.label, language()) if known else feature
    stance = known.feature.stance.value if known and known.feature.stance else None
    return {
        "change": one,
        "kind": say(f"change_{one.kind}"),
        "source": one.item.source.name,
        "before": _said(one.before),
        "after": _said(one.after),
        "pieces": pieces(one.item.text, [_hit(one, label, stance)]),
    }


def _hit(one: Change, label: str, stance: str | None) -> dict[str, Any]:
    """Where the feature fires, as a hit of a verdict: afterwards or, where it doesn't, before."""
    spans = one.after["spans"] or one.before["spans"]
    marks = [{"start": start, "end": end} for start, end in spans]
    return {"label": label, "stance": stance, "spans": marks}


def _said(told: dict[str, Any]) -> str:
    suspect = {True: "sure", None: "unsure", False: "clear"}[told["suspect"]]
    words = [say(suspect), say(f"stance_{told['stance']}")]
    if told["activity"]:
        words.append(name_of(told["activity"]))
    return f"{' · '.join(words)} {told['score']:.2f}"


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)
