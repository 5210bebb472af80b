"""What later rooms may hear of intake."""

from __future__ import annotations

from django.dispatch import Signal

items_kept = Signal()
"""Sent within the transaction that keeps them, with `items`: numbers of the new items."""
