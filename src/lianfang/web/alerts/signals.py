"""What later rooms may hear of alerts."""

from __future__ import annotations

from django.dispatch import Signal

alerts_raised = Signal()
"""Sent within the transaction that raises them, with `alerts`: numbers of the new alerts."""
