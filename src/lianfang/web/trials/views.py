"""Pages of the guides: how often each feature was right, and what is set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from lianfang.report.guidance import guide_name
from lianfang.web.alerts.models import Alert, Queue, State
from lianfang.web.core.kept import kept
from lianfang.web.core.words import language, say
from lianfang.web.guidance import selectors as settings
from lianfang.web.guidance.forms import form_of
from lianfang.web.guidance.models import What
from lianfang.web.guidance.shipped import SHARED, features, library
from lianfang.web.institution.rights import needs
from lianfang.web.trials.charts import HEIGHT, STEP, WEEKS, bars
from lianfang.web.trials.precision import Precision, precisions, precisions_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from lianfang.web.guidance.models import Setting
    from lianfang.web.guidance.shipped import Known
    from lianfang.web.institution.models import User
    from lianfang.web.trials.charts import Bar


class Told(NamedTuple):
    """A feature in words, with what was counted of it.

    Attributes:
        off, least: settings that stand, or None.
    """

    known: Known
    label: str
    why: str
    stance: str
    strength: str
    sure: str
    precision: Precision | None
    bars: list[Bar]
    off: Setting | None
    least: Setting | None


@needs("guides.see")
def guides(request: HttpRequest) -> HttpResponse:
    """The guides, and how their alerts were decided."""
    decided = _decided()
    standing = settings.standing(settings.last())
    rows = [
        {
            "guide": guide,
            "name": guide_name(guide, language()),
            "off": sum(one.off and one.of.startswith(f"{name}/") for one in standing),
            "decided": decided.get(name, (0, 0, 0)),
        }
        for name, guide in library().guides.items()
    ]
    told = {
        "rows": rows,
        "shared": len(library().shared),
        "shared_off": sum(one.off and one.of.startswith(f"{SHARED}/") for one in standing),
    }
    return render(request, "trials/guides.html", told)


@needs("guides.see")
def guide(request: HttpRequest, guide_id: str) -> HttpResponse:
    """One guide, feature by feature; or those that several share."""
    mine = [one for one in features().values() if one.folder == guide_id]
    if not mine:
        raise Http404
    found = library().guides.get(guide_id)
    told = {
        "id": guide_id,
        "guide": found,
        "name": guide_name(found, language()) if found else say("shared"),
        "definition": getattr(found.definition, language()) if found else "",
        "rows": _told(mine),
        "chart": CHART,
    }
    return render(request, "trials/guide.html", told)


@needs("guides.see")
def feature(request: HttpRequest, guide_id: str, feature_id: str) -> HttpResponse:
    """One feature: as it is written, how often it was right, what is set, and drafts of it."""
    from lianfang.web.trials.trying import drafts_of  # noqa: PLC0415  it shows this page, too

    known = known_or_404(guide_id, feature_id)
    return render(request, "trials/feature.html", shown(known) | drafts_of(request, known))


@needs("guides.see")
def every_feature(request: HttpRequest) -> HttpResponse:
    """How often each feature was right, whatever its guide."""
    known, user = features(), cast("User", request.user)
    rows = [
        {
            "one": one,
            "label": getattr(known[one.id].feature.label, language())
            if one.id in known
            else one.id,
            "guide": name_of(one.id.partition("/")[0]),
            "known": one.id in known,
        }
        for one in kept("precisions", user.purposes, precisions)
        if one.decided
    ]
    return render(request, "trials/features.html", {"rows": rows})


@needs("guides.see")
def moved(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Where that page was once."""
    return redirect("features", permanent=True)


CHART = {"width": WEEKS * STEP, "height": HEIGHT}


def known_or_404(guide_id: str, feature_id: str) -> Known:
    """A feature by the parts of its id."""
    known = features().get(f"{guide_id}/{feature_id}")
    if known is None:
        raise Http404
    return known


def name_of(folder: str) -> str:
    """A guide's name, or that several share a feature."""
    found = library().guides.get(folder)
    if found:
        return guide_name(found, language())
    return say("shared") if folder == SHARED else folder


def shown(known: Known) -> dict[str, Any]:
    """What the page of a feature tells of it."""
    (told,) = _told([known])
    of = {What.SWITCH: told.off, What.LEAST: told.least}
    asked = [What.SWITCH, *([What.LEAST] if known.may_offend else [])]
    return {
        "told": told,
        "name": name_of(known.folder),
        "cited": [name_of(name) for name in _cites(known)],
        "forms": [form_of(what, known.id, of[what]) for what in asked],
        "chart": CHART,
    }


def _cites(known: Known) -> list[str]:
    if known.guide:
        return []
    return [name for name, one in library().guides.items() if known.feature.id in one.shared]


def _told(some: Sequence[Known]) -> list[Told]:
    counted = {one.id: one for one in precisions_of(one.id for one in some)}
    standing = {(one.what, one.of): one for one in settings.standing(settings.last())}
    today = timezone.localdate()
    return [
        Told(
            one,
            getattr(one.feature.label, language()),
            getattr(one.feature.why, language()),
            say(f"stance_{one.feature.stance}") if one.feature.stance else "",
            say(one.feature.strength),
            say(f"sure_{one.feature.source.sure}"),
            counted.get(one.id),
            bars(counted[one.id].weeks, today) if one.id in counted else [],
            standing.get((What.SWITCH, one.id)),
            standing.get((What.LEAST, one.id)),
        )
        for one in some
    ]


def _decided() -> dict[str, tuple[int, int, int]]:
    """Alerts of each activity: all, confirmed, rejected."""
    rows = (
        Alert.objects.filter(queue=Queue.ACT)
        .values_list("activity")
        .annotate(
            n=Count("pk"),
            yes=Count("pk", filter=Q(state=State.CONFIRMED)),
            no=Count("pk", filter=Q(state=State.REJECTED)),
        )
        .order_by()
    )
    return {activity: (every, yes, no) for activity, every, yes, no in rows}
