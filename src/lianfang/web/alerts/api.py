"""What programs may do with alerts: list and read them, and decide."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from pydantic import AfterValidator, AwareDatetime, Field

from lianfang.client import model
from lianfang.web.alerts.cursors import cursor, place
from lianfang.web.alerts.models import Alert, Decision
from lianfang.web.alerts.services import decide as make_decision
from lianfang.web.clients.api import JSON, answer, caller_of, operation, schema_of, sent
from lianfang.web.clients.errors import UnfitError
from lianfang.web.core.audit import record

router = Router()
MOST = 200
LARGEST = 2**63 - 1


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC: the database takes no zone that is more than 16 hours off."""
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("no such year in UTC") from error


class Filters(Schema):
    """Of the list; what isn't named filters nothing."""

    queue: Literal["act", "protect"] | None = None
    state: Literal["open", "confirmed", "rejected", "unsure"] | None = None
    activity: Annotated[str, Field(pattern="^[a-z-]{1,40}$")] | None = None
    source: Annotated[int, Field(ge=1, le=LARGEST)] | None = None
    since: Annotated[AwareDatetime, AfterValidator(in_utc)] | None = None
    limit: int = Field(50, ge=1, le=MOST)
    cursor: Annotated[str, Field(min_length=1, max_length=300)] | None = None

    def by_column(self) -> dict[str, Any]:
        """What the columns of alerts must hold."""
        asked = {
            "queue": self.queue,
            "state": self.state,
            "activity": self.activity,
            "item__source": self.source,
            "made_at__gte": self.since,
        }
        return {column: value for column, value in asked.items() if value is not None}


@operation(router.get, "/alerts", scope="alerts.read", gives={200: model.AlertPage}, refuses=(422,))
def alerts(request: HttpRequest, asked: Query[Filters]) -> HttpResponse:
    """Alerts, the newest first, a page at a time.

    `next` of a page is the `cursor` of those after it, asked with the same filters; null at the
    end. Texts hold tokens in place of personal values.
    """
    unknown = sorted(set(request.GET) - set(Filters.model_fields))
    if unknown:
        do = f"use {', '.join(Filters.model_fields)}"
        raise UnfitError("no such filter", where=unknown[0], do=do)
    filters, limit = asked.by_column(), asked.limit
    question = repr(sorted(filters.items()))
    found = Alert.objects.filter(**filters).select_related("item").defer("item__verdict")
    if asked.cursor:
        found = found.filter(pk__lt=place(asked.cursor, question=question))
    page = list(found.order_by("-pk")[: limit + 1])
    after = cursor(last=page[limit - 1].pk, question=question) if len(page) > limit else None
    return answer(model.AlertPage(tuple(map(_row, page[:limit])), after))


@operation(
    router.get,
    "/alerts/{int:number}",
    scope="alerts.read",
    gives={200: model.Alert},
    refuses=(404,),
)
def alert(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001
    """An alert: its text, why it is one, what was decided."""
    found = get_object_or_404(Alert.objects.select_related("item"), pk=number)
    item = found.item
    return answer(
        model.Alert(
            **msgspec.structs.asdict(_row(found)),
            platform=item.platform,
            account=item.account,
            url=item.url,
            published=item.published,
            delivery=item.delivery_id,
            reasons=msgspec.convert(item.verdict, model.Reasons),
            decisions=tuple(map(_decision, found.decisions.select_related("by"))),
        )
    )


@operation(
    router.post,
    "/alerts/{int:number}/decisions",
    scope="alerts.decide",
    takes={JSON: schema_of(model.Deciding)},
    gives={201: model.Decision},
    refuses=(404, 415, 422),
)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Decide an alert, in the name of who made the token; a rejection says why."""
    said, caller = sent(request, model.Deciding), caller_of(request)
    try:
        with transaction.atomic():
            made = make_decision(
                alert_id=number,
                after=said.after,
                reason=said.reason.replace("\0", ""),
                user=caller.user,
                request=request,
            )
            who = f"token {caller.token.pk}"
            record(who=who, what="client.decide", object_=str(number), request=request)
    except Alert.DoesNotExist as error:
        raise Http404 from error
    return answer(_decision(made), 201)


def _row(alert: Alert) -> model.AlertRow:
    return model.AlertRow(
        id=alert.pk,
        queue=alert.queue,
        state=alert.state,
        activity=alert.activity,
        stance=alert.stance,
        score=alert.score,
        sure=alert.sure,
        count=alert.count,
        source=alert.item.source_id,
        text=alert.item.text,
        reason=alert.reason,
        made_at=alert.made_at,
        decided_at=alert.decided_at,
    )


def _decision(one: Decision) -> model.Decision:
    return model.Decision(
        id=one.pk,
        before=one.before,
        after=one.after,
        reason=one.reason,
        by=str(one.by),
        at=one.at,
        undoes=one.undoes_id,
    )
