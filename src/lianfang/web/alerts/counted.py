"""How many alerts there are, as is said where counting ends somewhere."""

from __future__ import annotations

from lianfang.web.alerts import selectors


def counted(number: int) -> str:
    """A count as it is shown; beyond `MOST_COUNTED` nobody counts."""
    most = selectors.MOST_COUNTED
    return f"{most}+" if number > most else str(number)
