from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from lianfang.web.alerts.signals import alerts_raised
from lianfang.web.dashboard.services import note

if TYPE_CHECKING:
    from collections.abc import Sequence


@receiver(alerts_raised)
def note_raised(alerts: Sequence[int], **_: Any) -> None:  # noqa: ANN401
    note(alerts=alerts)
