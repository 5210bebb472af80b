"""Turns of a conversation: who speaks, and where in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from lianfang.model import Span, Turn
from lianfang.text.writable import writable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lianfang.model import Stance, Verdict

LEAST_TURNS = 2
LEAST_SHARE = 0.5
"""Of the lines with words, for a text to be read as a conversation."""
MOST_TURNS = 400
"""Turns that are judged apart; more lines are a record, not a conversation to be read."""
_SPEAKER = re.compile(
    r"[ \t\u3000]*(?:[\[(（【]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[\])）】]?[ \t\u3000]*)?"
    r"(?P<name>[\w\u4e00-\u9fff·()（）*]{1,12})[ \t]*[:：][ \t\u3000]*(?=\S)"
)
_LINE = re.compile(r"[^\r\n]+")


class Said(NamedTuple):
    """What one speaker says at a time: `[start, end)` of the text, without the name."""

    speaker: str
    start: int
    end: int


def turns_of(text: str) -> list[Said]:
    """The turns of a conversation, in order; none where a text is no conversation.

    A turn begins with a name and a colon, and goes on over lines without one. Two turns at least,
    and two speakers, make a conversation.
    """
    if "\n" not in text or not (":" in text or "：" in text):
        return []
    turns: list[Said] = []
    lines = named = 0
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        lines += 1
        begun = _SPEAKER.match(text, line.start(), line.end())
        if begun:
            named += 1
            turns.append(Said(begun["name"], begun.end(), line.end()))
        elif turns:
            turns[-1] = turns[-1]._replace(end=line.end())
    several = len(turns) >= LEAST_TURNS and len({turn.speaker for turn in turns}) >= LEAST_TURNS
    again = len(turns) > len({turn.speaker for turn in turns}) or len(turns) == LEAST_TURNS
    if several and again and named >= LEAST_SHARE * lines and len(turns) <= MOST_TURNS:
        return turns
    return []


def with_turns(
    verdict: Verdict, text: str, said: Sequence[Said], heard: Iterator[tuple[Stance, float]]
) -> Verdict:
    """A verdict that tells what each turn does, and which decided.

    Args:
        verdict: of the text as a whole.
        text: the conversation.
        said: its turns.
        heard: stance and score of each, taken from what is left of this.
    """
    turns = tuple([Turn(writable(one.speaker), one.start, one.end, *next(heard)) for one in said])
    if verdict.suspect is False:
        return replace(verdict, turns=turns)
    worst = max(turns, key=_offence)
    decided = Span(worst.start, worst.end, writable(text[worst.start : worst.end]))
    return replace(verdict, turns=turns, decided_by=decided)


def _offence(turn: Turn) -> float:
    return turn.score
