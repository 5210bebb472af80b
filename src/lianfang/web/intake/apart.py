"""Personal values looked for in a process of its own: `python -m lianfang.web.intake.apart`.

Python computes on one core at a time. So another core does this, a third of what a text costs,
while the first screens. The process reads texts from its standard input and writes what it finds
to its output, nothing else and nowhere else; it ends with the one that started it, however that
ends, for then its input ends.
"""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from select import select
from subprocess import PIPE
from typing import IO, TYPE_CHECKING, cast

import msgspec

from lianfang.privacy.many import personal_of
from lianfang.privacy.tokens import Personal
from lianfang.web import settling

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Told = list[tuple[str, str]]
Found = list[list[Personal]]

LONG = 4000
"""Texts from which on a call is worth a process, which takes a second to start."""

_LENGTH = 8
_READY = b"ready"
_questions = msgspec.msgpack.Decoder(tuple[list[str], list[Told]])
_answers = msgspec.msgpack.Decoder(Found)


class Apart:
    """Looks for personal values as `personal_of` does: elsewhere, as soon as that is ready."""

    def __init__(self) -> None:
        self._other: _Other | None = None

    def begin(self, texts: Sequence[str], told: Sequence[Told]) -> Callable[[], Found]:
        """Begin to look; what is returned waits for what is found, and is of use until the next."""
        if self._other and (self._other.has_ended() or self._other.is_asked):
            # What nobody took would be the answer to the next question.
            self.close()
        if self._other is None:
            self._other = _Other() if len(texts) >= LONG else None
        elif self._other.is_ready() and self._other.ask(msgspec.msgpack.encode((texts, told))):
            return partial(self._awaited, self._other, texts, told)
        return partial(personal_of, texts, told)

    def close(self) -> None:
        """End the other process."""
        if self._other:
            self._other.end()
            self._other = None

    @staticmethod
    def _awaited(other: _Other, texts: Sequence[str], told: Sequence[Told]) -> Found:
        answer = other.answer()
        return _answers.decode(answer) if answer else personal_of(texts, told)


class _Other:
    """The other process; `is_asked` while there is an answer that nobody took."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "lianfang.web.intake.apart"]
        self._process = subprocess.Popen(command, stdin=PIPE, stdout=PIPE)
        self._to = cast("IO[bytes]", self._process.stdin)
        self._from = cast("IO[bytes]", self._process.stdout)
        self._was_ready = self.is_asked = False

    def is_ready(self) -> bool:
        """Whether it has started; asked before, it would keep us waiting."""
        if not self._was_ready and select([self._from], [], [], 0)[0]:
            self._was_ready = bool(_read(self._from))
        return self._was_ready

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def ask(self, question: bytes) -> bool:
        """Whether it could be asked."""
        try:
            _write(self._to, question)
        except OSError:
            return False
        self.is_asked = True
        return True

    def answer(self) -> bytes:
        """What it answers; nothing where it ended."""
        answer, self.is_asked = _read(self._from), False
        return answer

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


def main() -> None:
    """Answer until there are no more questions."""
    settling.settle()
    source, out = sys.stdin.buffer, sys.stdout.buffer
    _write(out, _READY)
    while question := _read(source):
        _write(out, msgspec.msgpack.encode(personal_of(*_questions.decode(question))))


def _write(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_LENGTH, "big") + message)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes:
    """The next message; nothing where the stream has ended."""
    size = int.from_bytes(stream.read(_LENGTH), "big")
    message = stream.read(size)
    return message if len(message) == size else b""


if __name__ == "__main__":
    main()
