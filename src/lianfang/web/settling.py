"""How Python shares its time among threads, and how often it looks for garbage."""

from __future__ import annotations

import gc
import sys

COLLECTED_AT = 100_000
"""New objects before it looks: rows are many, and make no circles. It took a fifth of the time."""

SWITCH_SECONDS = 0.0005
"""The most that a thread which the database answered waits for one that computes."""


def settle() -> None:
    """Look seldom from now on, and never among what is there already; switch soon."""
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()
    gc.set_threshold(COLLECTED_AT)
