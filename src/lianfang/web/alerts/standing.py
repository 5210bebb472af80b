"""How an alert stands, and how it comes to stand otherwise: with a record of both, and of who."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from django.utils import timezone

from lianfang.web.alerts.models import Alert, Decision, Deed, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from lianfang.web.institution.models import User

WRITTEN = (
    "state", "reason", "assigned_to", "snoozed_until", "decided_at", "decided_by", "version",
)  # fmt: skip


class Standing(NamedTuple):
    """What people change of an alert."""

    state: str
    reason: str
    assigned_to: int | None
    snoozed_until: datetime | None

    @classmethod
    def of(cls, alert: Alert) -> Self:
        return cls(alert.state, alert.reason, alert.assigned_to_id, alert.snoozed_until)

    @classmethod
    def before(cls, decision: Decision) -> Self:
        """How its alert stood."""
        return cls(
            decision.before,
            decision.reason_before,
            decision.assigned_before_id,
            decision.snoozed_before,
        )


class Move(NamedTuple):
    """An alert, how it is to stand, and which decision that takes back, if any."""

    alert: Alert
    to: Standing
    undoes: Decision | None = None


def carry_out(*, moves: Sequence[Move], deed: Deed, by: User) -> Decision | None:
    """Change alerts that the transaction has locked; return the first decision, head of the rest.

    Args:
        moves: no alert twice.
        deed: what is done to all of them.
        by: who does it.
    """
    if not moves:
        return None
    decisions = [_decision(move, deed, by) for move in moves]
    head, *others = decisions
    head.save()
    for one in others:
        one.head = head
    Decision.objects.bulk_create(others)
    for move in moves:
        _change(move, deed, by)
    Alert.objects.bulk_update([move.alert for move in moves], WRITTEN)
    return head


def last_decisions(alerts: Iterable[int]) -> Mapping[int, int]:
    """The number of each alert's last decision, by the alert's."""
    found = Decision.objects.filter(alert__in=list(alerts)).order_by("alert_id", "-id")
    return dict(found.distinct("alert_id").values_list("alert_id", "id"))


def _decision(move: Move, deed: Deed, by: User) -> Decision:
    now = Standing.of(move.alert)
    return Decision(
        purpose=move.alert.purpose,
        alert=move.alert,
        deed=deed,
        before=now.state,
        reason_before=now.reason,
        assigned_before_id=now.assigned_to,
        snoozed_before=now.snoozed_until,
        after=move.to.state,
        reason=move.to.reason,
        assigned_after_id=move.to.assigned_to,
        snoozed_after=move.to.snoozed_until,
        undoes=move.undoes,
        by=by,
    )


def _change(move: Move, deed: Deed, by: User) -> None:
    alert, to = move.alert, move.to
    alert.state, alert.reason = to.state, to.reason
    alert.assigned_to_id, alert.snoozed_until = to.assigned_to, to.snoozed_until
    alert.version += 1
    if deed == Deed.DECIDE:
        is_open = to.state == State.OPEN
        alert.decided_at, alert.decided_by = (None, None) if is_open else (timezone.now(), by)
