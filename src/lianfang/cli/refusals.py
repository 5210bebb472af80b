"""Rows that can't be used: told one by one, or written to a file, and counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Self

from lianfang.cli.tell import tell
from lianfang.errors import InputError, LianfangError
from lianfang.files import Reject, RejectWriter

if TYPE_CHECKING:
    from types import TracebackType

MOST_TOLD = 5
"""Rows told one by one where no file takes them."""


class Refusals:
    """A context manager; call it with each reject.

    Args:
        path: the CSV file that takes them, if any.

    Attributes:
        count: how many there were.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._writer: RejectWriter | None = None
        self.count = 0

    def __enter__(self) -> Self:
        if self._path:
            self._writer = RejectWriter(self._path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._writer:
            self._writer.close()

    def __call__(self, reject: Reject) -> None:
        self.count += 1
        if self._writer:
            self._writer.write(reject)
        elif self.count <= MOST_TOLD:
            column = f", column {reject.column}" if reject.column else ""
            where = f"{reject.source}: row {reject.row}{column}"
            tell(LianfangError(reject.reason, where=where, do=reject.what_to_do))

    def __str__(self) -> str:
        """What a summary says of them, beginning with a semicolon; nothing of none."""
        if not self.count:
            return ""
        where = f", in {self._path}" if self._path else ""
        more = "" if self._path or self.count <= MOST_TOLD else " (use --rejects FILE for all)"
        return f"; {self.count} rows refused{where}{more}"


def refuse_overwriting(inputs: tuple[Path | str, ...], *outputs: Path | None) -> None:
    """Refuse to write over what is to be read.

    Raises:
        InputError: an output is an input too.
    """
    read = {Path(name).resolve() for name in inputs if str(name) != "-"}
    for output in outputs:
        if output and output.resolve() in read:
            do = "name another file"
            raise InputError("is an input too and would be lost", where=str(output), do=do)
