from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from lianfang.web.dashboard.services import note
from lianfang.web.intake.signals import items_kept

if TYPE_CHECKING:
    from collections.abc import Sequence


# Apps are told in their order: the alerts of these items have been raised.
@receiver(items_kept)
def note_of_items(items: Sequence[int], **_: Any) -> None:  # noqa: ANN401
    note(items=items)
