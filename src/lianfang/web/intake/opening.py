"""A delivery's file, as readers of files take it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from django.conf import settings

from lianfang.files.mending import mended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lianfang.web.intake.models import Delivery


class Opened(NamedTuple):
    """A file: the name that tells its format, and its bytes."""

    name: str
    file: BinaryIO


@contextmanager
def opened(delivery: Delivery) -> Iterator[Opened]:
    """Give a delivery's file; one of mended rows as the file that the rows are of.

    Raises:
        LianfangError: the original can't be read, or isn't a file of refused rows.
    """
    with settings.DEPLOYMENT.originals.reading(delivery.sha256) as original:
        name = delivery.original.name
        if delivery.repairs_id is None:
            yield Opened(name, original)
            return
        # Without a name, so that it goes with the process whatever happens.
        with tempfile.TemporaryFile(dir=settings.DEPLOYMENT.incoming) as made:
            own = cast("BinaryIO", made)
            format_ = mended(name, original, own)
            made.seek(0)
            yield Opened(f"{delivery.pk}.{format_}", own)


def first_of(delivery: Delivery) -> Delivery:
    """The delivery whose rows are mended, by however many files of mended rows."""
    while delivery.repairs is not None:
        delivery = delivery.repairs
    return delivery
