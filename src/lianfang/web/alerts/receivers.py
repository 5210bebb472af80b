from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from lianfang.web.alerts.services import raise_alerts
from lianfang.web.intake.signals import items_kept

if TYPE_CHECKING:
    from collections.abc import Sequence


@receiver(items_kept)
def raise_of_items(items: Sequence[int], **_: Any) -> None:  # noqa: ANN401
    raise_alerts(items=items)
