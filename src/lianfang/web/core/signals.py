"""What the frame tells the rooms."""

from __future__ import annotations

from django.dispatch import Signal

recorded = Signal()
"""An event was added to the record; sent within its transaction with `number`, `who`, `what`."""
