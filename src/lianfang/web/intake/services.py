"""Sources are told of, files are taken, and worked through by a worker."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django.utils import timezone

from lianfang.errors import LianfangError
from lianfang.files import Row, open_source
from lianfang.files.archives import is_archive
from lianfang.files.columns import TEXT_NAMES, NoColumnError
from lianfang.web.clients.services import announce
from lianfang.web.core.audit import record
from lianfang.web.database.seeing import seeing
from lianfang.web.guidance.screening import LocalScreener
from lianfang.web.guidance.selectors import current
from lianfang.web.intake.ahead import ahead
from lianfang.web.intake.items import make
from lianfang.web.intake.keeping import keep
from lianfang.web.intake.mapping import columns_of
from lianfang.web.intake.models import UNENDED, Delivery, Source, State
from lianfang.web.intake.opening import opened
from lianfang.web.intake.reading import read, row_number
from lianfang.web.intake.taking import take
from lianfang.web.intake.unpacking import unpack

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from lianfang.files import Reject
    from lianfang.web.institution.models import User
    from lianfang.web.intake.items import Made
    from lianfang.web.intake.mapping import Columns
    from lianfang.web.intake.opening import Opened
    from lianfang.web.intake.reading import Batch

BATCH_ROWS, BATCH_CHARACTERS = 2000, 400_000
"""Kept at once: half a second's work of posts. Of long texts there are fewer, for progress moves by
batches."""


def add_source(*, name: str, kind: str, purpose: str, basis: str, user: User) -> Source:
    """Tell of a source: what it is, why we have it, on what ground."""
    with transaction.atomic():
        source = Source.objects.create(
            name=name, kind=kind, purpose=purpose, basis=basis, made_by=user
        )
        record(who=user.username, what="source.add", object_=str(source.pk), why=basis[:500])
    return source


def deliver(
    *,
    source: Source,
    stream: BinaryIO,
    name: str,
    user: User,
    repairs: Delivery | None = None,
) -> tuple[Delivery, bool]:
    """Capture a file and have it worked through; False if the source has told it before.

    Args:
        source: whence it comes.
        stream: its content.
        name: what it is called; the suffix tells its format.
        user: who sends it.
        repairs: the delivery whose refused rows it has, mended.

    Raises:
        TooLargeError: it has more bytes than may be sent at once.
        InputError: the source is closed.
    """
    return take(source=source, stream=stream, name=name, who=user.username, repairs=repairs)


def work(*, delivery_id: int) -> None:
    """Work a delivery through from where it stopped; what is kept stays whatever happens.

    Raises:
        OvertakenError: another process is further, and goes on.
    """
    mine = Delivery.objects.filter(pk=delivery_id, state__in=UNENDED)
    if not mine.update(state=State.RUNNING):
        return
    delivery = Delivery.objects.select_related("source", "original").get(pk=delivery_id)
    try:
        with opened(delivery) as own:
            ended = _worked(delivery, own)
    except LianfangError as error:
        _now(delivery, State.FAILED, problem=_problem(error))
        return
    _now(delivery, ended)


def give_up(*, delivery_id: int, error: Exception) -> None:
    """Tell that a delivery can't be worked through; its file and what was kept stay."""
    delivery = Delivery.objects.get(pk=delivery_id)
    _now(delivery, State.FAILED, problem=f"internal error ({type(error).__name__})")


def _worked(delivery: Delivery, own: Opened) -> State:
    if delivery.repairs is None and is_archive(*own):
        unpack(delivery, own)
        return State.DONE
    columns = columns_of(delivery, own)
    if columns is None:
        return State.MAPPING
    judge = LocalScreener(current())
    reading = _batches(delivery, own, columns, judge)
    with ahead(reading) as batches, ahead(_made(delivery, batches)) as every:
        for made in every:
            keep(delivery=delivery, made=made)
            judge.use(current())
    return State.DONE


def _batches(
    delivery: Delivery, own: Opened, columns: Columns, judge: LocalScreener
) -> Generator[Batch]:
    """The rows that aren't kept yet, some at a time."""
    kept = delivery.done_row
    with open_source(
        own.name, text_column=columns.text, others=columns.others, opened=own.file
    ) as source:
        rows = (row for row in source if row_number(row) > kept)
        fault: LianfangError | None = None
        while fault is None:
            some, fault = _some(rows)
            if some:
                share = min(source.position / (source.size or 1), 1.0)
                yield read(some, share, delivery.source.kind, judge)
            elif fault is None:
                return
        raise fault


def _made(delivery: Delivery, batches: Iterable[Batch]) -> Generator[Made]:
    """What is kept of them."""
    with seeing([delivery.purpose]):
        for batch in batches:
            yield make(delivery=delivery, batch=batch)


def _problem(error: LianfangError) -> str:
    if isinstance(error, NoColumnError):
        # Without a header the first row would be quoted, and whoever stands in it.
        return f"no {error.kind} column: call it one of {', '.join(TEXT_NAMES[:5])}"
    return ": ".join(filter(None, (error.what, error.do)))


def _some(rows: Iterator[Row | Reject]) -> tuple[list[Row | Reject], LianfangError | None]:
    """The next rows, and what is wrong with the file after them."""
    batch: list[Row | Reject] = []
    characters = 0
    try:
        for row in islice(rows, BATCH_ROWS):
            batch.append(row)
            characters += len(row.text) if isinstance(row, Row) else 0
            if characters >= BATCH_CHARACTERS:
                break
    except LianfangError as error:
        return batch, error
    return batch, None


def _now(delivery: Delivery, state: State, *, problem: str = "") -> None:
    delivery.state, delivery.problem = state, problem[:500]
    if state in (State.DONE, State.FAILED):
        delivery.ended_at = timezone.now()
    if state is State.DONE:
        delivery.share = 1.0
    with transaction.atomic():
        delivery.save(update_fields=["state", "problem", "ended_at", "share"])
        if delivery.ended_at:
            announce(event="delivery.ended", purpose=delivery.purpose, numbers=[delivery.pk])
