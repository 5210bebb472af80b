"""Drafts are kept; they are run in shadow by a worker, slice by slice."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Count, Max, Min
from django.utils import timezone

from lianfang.errors import InputError
from lianfang.web.core.audit import record
from lianfang.web.guidance.shipped import feature
from lianfang.web.intake.models import Item
from lianfang.web.trials.comparing import Comparison
from lianfang.web.trials.models import Change, Draft, Run, State

if TYPE_CHECKING:
    from django.http import HttpRequest

    from lianfang.web.institution.models import User

DAYS = 30
BATCH_ITEMS = 500
SLICE_SECONDS = 8.0
"""Then others' jobs come first."""
_LOCK = 0x64726166


def save_draft(
    *, of: str, text: str, why: str, user: User, request: HttpRequest | None = None
) -> Draft:
    """Keep a text that has no problems as the author's next version of a feature.

    Raises:
        NotFoundError: no such feature.
    """
    feature(of)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        mine = Draft.objects.filter(feature=of, by=user)
        number = (mine.aggregate(last=Max("number"))["last"] or 0) + 1
        made = Draft.objects.create(feature=of, number=number, text=text, why=why[:300], by=user)
        record(who=user.username, what="draft.save", object_=str(made.pk), why=why, request=request)
    return made


def start(*, draft: Draft, purpose: str, user: User, request: HttpRequest | None = None) -> Run:
    """Have a draft run over the texts of the last month.

    Raises:
        InputError: a purpose that isn't the user's.
    """
    from lianfang.web.trials.tasks import begin  # noqa: PLC0415  it calls us, too

    if purpose not in user.purposes:
        raise InputError("no such purpose", where="purpose", do="choose one of yours")
    with transaction.atomic():
        since = timezone.now() - timedelta(days=DAYS)
        made = Run.objects.create(draft=draft, purpose=purpose, since=since, by=user)
        record(who=user.username, what="run.start", object_=str(made.pk), request=request)
        begin(run_id=made.pk, purpose=purpose)
    return made


def cancel(*, run_id: int, user: User, request: HttpRequest | None = None) -> None:
    """Stop a run; what it found so far stays.

    Raises:
        InputError: it has ended.
        Run.DoesNotExist: none that this session sees.
    """
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        if run.ended:
            raise InputError("the run has ended", where=str(run_id), do="start another")
        _end(run, State.CANCELLED)
        record(who=user.username, what="run.cancel", object_=str(run_id), request=request)


def work(*, run_id: int, seconds: float = SLICE_SECONDS) -> bool:
    """Go on with a run for some time; whether there is more to do."""
    run = Run.objects.select_related("draft").get(pk=run_id)
    if run.ended:
        return False
    if run.state == State.WAITING:
        _begin(run)
    comparison, end = Comparison(run), monotonic() + seconds
    while _batch(run_id, comparison):
        if monotonic() >= end:
            return True
    return False


def give_up(*, run_id: int, error: Exception) -> None:
    """Tell that a run can't go on; what it found so far stays."""
    run = Run.objects.get(pk=run_id)
    if not run.ended:
        run.problem = f"internal error ({type(error).__name__})"
        run.save(update_fields=["problem"])
        _end(run, State.FAILED)


def exported(*, draft: Draft, form: str, user: User, request: HttpRequest | None = None) -> None:
    """Record that a draft left as a file."""
    object_ = f"{draft.pk} {form}"
    record(who=user.username, what="draft.export", object_=object_, request=request)


def _begin(run: Run) -> None:
    """Bound the texts once: later ones are not of the run."""
    texts = Item.objects.filter(purpose=run.purpose, made_at__gte=run.since)
    bounds = texts.aggregate(total=Count("pk"), first=Min("pk"), last=Max("pk"))
    with transaction.atomic():
        now = Run.objects.select_for_update().get(pk=run.pk)
        if now.state != State.WAITING:
            return
        now.state, now.total = State.RUNNING, bounds["total"]
        now.first_item, now.last_item = bounds["first"], bounds["last"]
        now.next_item = (bounds["last"] or 0) + 1
        now.save(update_fields=["state", "total", "first_item", "last_item", "next_item"])


def _batch(run_id: int, comparison: Comparison) -> bool:
    """Compare some texts and remember how far the run is, both or neither; False at the end."""
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_id)
        if run.state != State.RUNNING:
            return False
        items = _items(run)
        if not items:
            _end(run, State.DONE)
            return False
        found = comparison.of(items)
        Change.objects.bulk_create(found.changes)
        run.next_item, run.done = items[-1].pk, run.done + len(items)
        run.changed += len(found.changes)
        run.fired_before += found.fired_before
        run.fired_after += found.fired_after
        run.save(update_fields=["next_item", "done", "changed", "fired_before", "fired_after"])
    return True


def _items(run: Run) -> list[Item]:
    """The next texts, the newest first."""
    if run.first_item is None or run.next_item is None:
        return []
    found = Item.objects.filter(
        purpose=run.purpose,
        made_at__gte=run.since,
        pk__gte=run.first_item,
        pk__lt=run.next_item,
    )
    return list(found.select_related("source").order_by("-pk")[:BATCH_ITEMS])


def _end(run: Run, state: State) -> None:
    run.state, run.ended_at = state, timezone.now()
    run.save(update_fields=["state", "ended_at"])
