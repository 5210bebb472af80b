"""Writes rejects to a CSV file that Excel opens as it is."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Self

from lianfang.errors import InputError
from lianfang.files.rows import Reject

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

HEADER = Reject.__struct_fields__

# A cell that begins so is a formula to a spreadsheet program (OWASP, "CSV Injection"); the
# wide forms are formulas where the input method is Chinese or Japanese.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class RejectWriter:
    """A context manager; each reject is on the disk once `write` returns.

    Attributes:
        count: rejects written so far.
    """

    def __init__(self, path: Path) -> None:
        """Create the file, or empty the one that is there.

        Raises:
            InputError: it can't be written there.
        """
        self.count = 0
        try:
            # A lone surrogate can't be written as UTF-8: it is shown as \\udxxx.
            self._file = path.open("w", 1, "utf-8-sig", "backslashreplace", newline="")
        except OSError as error:
            raise _unwritable(path, error) from error
        self._csv = csv.writer(self._file)
        self._csv.writerow(HEADER)

    def write(self, reject: Reject) -> None:
        """Append one reject."""
        cells = (getattr(reject, name) for name in HEADER)
        self._csv.writerow([_harmless(cell) for cell in cells])
        self.count += 1

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _unwritable(path: Path, error: OSError) -> InputError:
    what = f"the rejects can't be written ({error.strerror})"
    return InputError(what, where=str(path), do="name another file for them")
