"""What goes over the wire of `/api/v1`: the site writes these records, the client reads them.

Times are with their zone. Texts hold tokens such as `⟦phone:7⟧` in place of personal values.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from lianfang.model import ActivityScore, FeatureHit, Line, Rewriting, Span, Weight

MOST_JSON = 1 << 20
"""Bytes of a body of JSON."""
MOST_TEXTS = 100
"""Texts that are screened at once."""
MOST_ROWS = 1000
"""Rows that are sent at once; a file may have more."""
After = Literal["open", "confirmed", "rejected", "unsure"]
WHOLE = Annotated[int, Meta(ge=-(2**53), le=2**53)]
"""A whole number that every reader of JSON tells apart from its neighbours."""


class Text(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A text to screen, and what its verdict shall be called."""

    text: str
    id: str | WHOLE | None = None


class Texts(Struct, frozen=True, forbid_unknown_fields=True):
    """Texts to screen. One without an id is called by its place, from 1."""

    texts: Annotated[tuple[Text | str, ...], Meta(min_length=1, max_length=MOST_TEXTS)]


class Screened(Struct, frozen=True):
    """A verdict for each text, in order: what `lianfang screen` writes."""

    verdicts: tuple[Line, ...]


class Rows(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Rows of a source, as a file would have them: names of columns and what they hold."""

    rows: Annotated[
        tuple[dict[str, str | WHOLE | float | bool | None], ...],
        Meta(min_length=1, max_length=MOST_ROWS),
    ]
    name: Annotated[str, Meta(min_length=1, max_length=120)] = "rows"


class Accepted(Struct, frozen=True):
    """What was sent is kept and will be worked through.

    Attributes:
        delivery: its number.
        repeated: the source had told this very file before; the number is of the first.
    """

    delivery: int
    repeated: bool


class Delivery(Struct, frozen=True):
    """How far a file is.

    Attributes:
        state: `waiting`, `running`, `done` or `failed`; `mapping` while somebody must say what its
            columns hold, `withdrawn` once somebody took it back.
        share: how much of the file is worked through, 0 to 1.
        added, repeated, refused, suspect: rows.
        problem: why it failed.
        sha256: of the file.
    """

    id: int
    source: int
    state: str
    share: float
    added: int
    repeated: int
    refused: int
    suspect: int
    problem: str
    sha256: str
    made_at: datetime
    ended_at: datetime | None

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.ended_at is not None


class AlertRow(Struct, frozen=True):
    """An alert as the list shows it.

    Attributes:
        queue: `act` or `protect`.
        state: `open`, `confirmed`, `rejected` or `unsure`.
        count: items that say the same.
        source: number of the source of the first.
        text: its text.
        reason: of the last decision.
    """

    id: int
    queue: str
    state: str
    activity: str
    stance: str
    score: float
    sure: bool
    count: int
    source: int
    text: str
    reason: str
    made_at: datetime
    decided_at: datetime | None


class AlertPage(Struct, frozen=True):
    """Some alerts, the newest first, and the cursor of those before them."""

    alerts: tuple[AlertRow, ...]
    next: str | None


class Decision(Struct, frozen=True):
    """What somebody decided; `undoes` names the decision that it takes back."""

    id: int
    before: str
    after: str
    reason: str
    by: str
    at: datetime
    undoes: int | None


class Reasons(Struct, frozen=True):
    """Why a text is an alert; spans count code points of the text with tokens."""

    activities: tuple[ActivityScore, ...] = ()
    features: tuple[FeatureHit, ...] = ()
    rewritings: tuple[Rewriting, ...] = ()
    decided_by: Span | None = None
    guides: dict[str, str] = msgspec.field(default_factory=dict)
    weights: tuple[Weight, ...] = ()
    turns: tuple[dict[str, Any], ...] = ()


class Alert(AlertRow, frozen=True):
    """An alert with its reasons and what was decided, the last first."""

    platform: str
    account: str
    url: str
    published: str
    delivery: int
    reasons: Reasons
    decisions: tuple[Decision, ...]


class Deciding(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A decision to make; a rejection says why."""

    after: After
    reason: Annotated[str, Meta(max_length=300)] = ""


class Wrong(Struct, frozen=True):
    """One thing that is wrong with what was sent, and where."""

    where: str
    what: str


class Problem(Struct, frozen=True, omit_defaults=True):
    """Why something wasn't done (RFC 9457), where, and what to do."""

    title: str
    status: int
    type: str = "about:blank"
    detail: str = ""
    where: str = ""
    do: str = ""
    errors: tuple[Wrong, ...] = ()


class Event(Struct, frozen=True):
    """What a webhook tells: `alert.raised`, `alert.decided`, `delivery.ended` or `test`.

    Attributes:
        type: which of them.
        timestamp: when it happened.
        data: numbers, by the name of what they count: `{"alert": 7}`.
    """

    type: str
    timestamp: datetime
    data: dict[str, int]
