"""Calls of the API, one method each."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from lianfang.client.model import (
    MOST_JSON,
    MOST_TEXTS,
    Accepted,
    Alert,
    AlertPage,
    Deciding,
    Decision,
    Delivery,
    Rows,
    Screened,
    Text,
    Texts,
)
from lianfang.client.wire import Wire
from lianfang.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from lianfang.client.model import After, AlertRow
    from lianfang.model import Line

MOST_BYTES = MOST_JSON * 9 // 10
"""Of texts in one call, and a little is put around them."""


class Client:
    """Talks to a platform.

    Args:
        base_url: where it is, `https://lianfang.example`.
        token: `lf_…`, as it was shown when it was made.
        timeout: seconds to wait for an answer.
        patience: seconds that calls wait at most, all in all, when the platform is busy.

    Every method raises `ProblemError` where the platform refuses, and `requests.RequestException`
    where it can't be reached.
    """

    def __init__(
        self, base_url: str, token: str, *, timeout: float = 60, patience: float = 120
    ) -> None:
        self._wire = Wire(base_url, token, timeout=timeout, patience=patience)

    def screen(self, texts: Iterable[str | Text]) -> Iterator[Line]:
        """Yield a verdict for each text, in order; nothing of a text is kept.

        A text without an id is called by its place, from 1.
        """
        for batch in _batches(texts):
            body = msgspec.json.encode(Texts(batch))
            yield from self._wire.post("/screen", Screened, body=body).verdicts

    def send(
        self,
        source: int,
        *,
        file: Path | BinaryIO | None = None,
        rows: Sequence[Mapping[str, str | int | float | bool | None]] | None = None,
        name: str = "",
        idempotency_key: str = "",
    ) -> Accepted:
        """Send a file of a source, or some rows.

        Args:
            source: its number.
            file: a path, or an open binary file; or else
            rows: names of columns and what they hold.
            name: of the file, whose ending tells its form; a path's own by default.
            idempotency_key: what is sent twice with one key is taken once; a new one by default.

        Raises:
            InputError: a file and rows, or neither; or an open file without a name.
        """
        key = {"Idempotency-Key": idempotency_key or uuid.uuid4().hex}
        path = f"/intake/{source}"
        if (file is None) == (rows is None):
            raise InputError("not a file or rows", where="send", do="give one of the two")
        if file is not None:
            parcel = _parcel(file, name)
            return self._wire.post(path, Accepted, headers=key, files={"file": parcel})
        made = Rows(tuple(map(dict, rows or ())), name or "rows")
        return self._wire.post(path, Accepted, headers=key, body=msgspec.json.encode(made))

    def delivery(self, number: int) -> Delivery:
        """How far a file is."""
        return self._wire.get(f"/intake/deliveries/{number}", Delivery)

    def wait(self, number: int, *, seconds: float = 600, every: float = 1.0) -> Delivery:
        """Wait until a file is worked through, or failed.

        Raises:
            TimeoutError: it takes longer.
        """
        end = time.monotonic() + seconds
        while not (found := self.delivery(number)).ended:
            if time.monotonic() + every > end:
                raise TimeoutError(f"delivery {number} is {found.state}")
            time.sleep(every)
        return found

    def alerts(
        self,
        *,
        queue: str | None = None,
        state: str | None = None,
        activity: str | None = None,
        source: int | None = None,
        since: datetime | None = None,
    ) -> Iterator[AlertRow]:
        """Yield alerts, the newest first; pages are asked for as they are needed."""
        filters = {
            "queue": queue,
            "state": state,
            "activity": activity,
            "source": source,
            "since": since.isoformat() if since else None,
        }
        asked: dict[str, Any] = {key: value for key, value in filters.items() if value is not None}
        while True:
            page = self._wire.get("/alerts", AlertPage, asked)
            yield from page.alerts
            if page.next is None:
                return
            asked["cursor"] = page.next

    def alert(self, number: int) -> Alert:
        """An alert with its reasons and decisions."""
        return self._wire.get(f"/alerts/{number}", Alert)

    def decide(self, number: int, after: After, reason: str = "") -> Decision:
        """Decide an alert.

        Args:
            number: the alert's.
            after: `open`, `confirmed`, `rejected` or `unsure`.
            reason: needed for a rejection.
        """
        body = msgspec.json.encode(Deciding(after, reason))
        return self._wire.post(f"/alerts/{number}/decisions", Decision, body=body)


def _batches(texts: Iterable[str | Text]) -> Iterator[tuple[Text, ...]]:
    """As many texts at a time as the platform takes."""
    batch: list[Text] = []
    size = 0
    for place, one in enumerate(texts, 1):
        text = Text(one, place) if isinstance(one, str) else one
        text = Text(text.text, place) if text.id is None else text
        length = len(msgspec.json.encode(text))
        if batch and (len(batch) == MOST_TEXTS or size + length > MOST_BYTES):
            yield tuple(batch)
            batch, size = [], 0
        batch.append(text)
        size += length
    if batch:
        yield tuple(batch)


def _parcel(file: Path | BinaryIO, name: str) -> tuple[str, bytes]:
    if isinstance(file, Path):
        return name or file.name, file.read_bytes()
    if not name:
        raise InputError("no name", where="send", do="name the open file, as posts.csv")
    return name, file.read()
