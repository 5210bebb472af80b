"""CSV records, some of several lines, and a way out of a quote that never closes.

`csv.reader` would read from an unclosed quote to the end of the file and call it one field. Here
a record that goes wrong, or goes on for too long, costs its first line only: the lines after it
are given back and read again.
"""

from __future__ import annotations

import csv
import sys
from collections import deque
from typing import TYPE_CHECKING

import msgspec

from lianfang.files.text_lines import BadLine

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORD_LINES = 10_000
RECORD_CHARS = 12_000_000
# What may be read twice before line breaks inside quotes are no longer followed: characters, a
# line counting as many more. Good records earn it back, so that only a file of nothing but open
# quotes runs out of it, which without it would take the square of its length.
SECOND_READING = 5 * RECORD_CHARS
LINE_COST = 50

OPEN_QUOTE = (
    "a quote opened on line {line} isn't closed properly",
    'close the quote, and double each quote inside a quoted field ("")',
)
STRAY_RETURN = (
    "a carriage return stands outside quotes on line {line}",
    "save the file with ordinary line ends, or quote the field",
)

Line = str | BadLine


class Record(msgspec.Struct, frozen=True):
    """A record's fields, none for a blank line; or `problem`, what is wrong and what to do."""

    fields: list[str]
    lines: list[Line]
    problem: tuple[str, str] | None = None

    @property
    def raw(self) -> str:
        """How the record stands in the file."""
        return "".join(line.raw if isinstance(line, BadLine) else line for line in self.lines)


class _TooLongError(Exception):
    """A record goes on past its bounds, or into a line that couldn't be kept."""


def read_records(
    lines: Iterator[Line], delimiter: str, max_line_bytes: int, *, first_line: int = 1
) -> Iterator[Record]:
    """Yield the records in order; every line is part of just one."""
    _allow_fields_of(max_line_bytes + RECORD_CHARS)
    feed = _Feed(lines, first_line)
    # Strict, since text after a closing quote most often means that an earlier one is missing.
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        feed.begin()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except (_TooLongError, csv.Error) as error:
            yield feed.give_back(error)
        else:
            yield feed.accept(fields)


def _allow_fields_of(chars: int) -> None:
    """Raise the limit on a field, which is one for the whole process; never lower it."""
    csv.field_size_limit(max(csv.field_size_limit(), min(chars, sys.maxsize)))


class _Feed:
    """The lines that `csv.reader` draws, with those of the current record kept."""

    def __init__(self, lines: Iterator[Line], first_line: int) -> None:
        self._lines = lines
        self._again: deque[Line] = deque()
        self._first_line = first_line
        self._credit = SECOND_READING
        self._taken: list[Line] = []
        self.begin()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._taken:
            self._check_bounds()
        line = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(line)
        text = line if isinstance(line, str) else self._gist(line)
        self._size += len(text)
        return text

    def begin(self) -> None:
        self._first_line += len(self._taken)
        self._taken, self._size = [], 0
        self._bad: BadLine | None = None

    def accept(self, fields: list[str]) -> Record:
        self._credit = min(self._credit + self._cost(), SECOND_READING)
        problem = (self._bad.reason, self._bad.what_to_do) if self._bad else None
        return Record(fields, self._taken, problem)

    def give_back(self, error: Exception) -> Record:
        """Keep the first line for the record, and take the others again."""
        first, *rest = self._taken
        if rest:
            self._credit -= self._cost()
        self._again.extendleft(reversed(rest))
        self._taken = [first]
        if isinstance(first, BadLine):
            return Record([], [first], (first.reason, first.what_to_do))
        what, do = STRAY_RETURN if str(error).startswith("new-line") else OPEN_QUOTE
        return Record([], [first], (what.format(line=self._first_line), do))

    def _gist(self, line: BadLine) -> str:
        if line.gist is None:
            raise _TooLongError
        self._bad = line
        return line.gist

    def _cost(self) -> int:
        return self._size + LINE_COST * len(self._taken)

    def _check_bounds(self) -> None:
        if len(self._taken) >= RECORD_LINES or self._size > min(RECORD_CHARS, self._credit):
            raise _TooLongError
