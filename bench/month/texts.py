"""A text of a file, of a kind and an activity drawn by their shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.month.grammar import grammar
from bench.month.model import Meaning
from bench.month.shares import activities, kinds, shares

if TYPE_CHECKING:
    from random import Random

    from bench.month.shares import Draw

_BATCHED = ("mill", "mill-true")


class Texts:
    """Draws what is said in a file.

    Args:
        file: posts, messages, calls or letters.
        rng: where everything is drawn from.
    """

    def __init__(self, file: str, rng: Random) -> None:
        self._file, self._rng = file, rng
        self._kind = kinds(file)
        self._kinds = shares().kinds[file]
        self._activity = {name: draw for name in self._kinds if (draw := _activities(file, name))}

    def draw(self, kind: str = "", at: float = 0) -> tuple[str, Meaning]:
        """A text with its personal values still open.

        Args:
            kind: of this kind, or of any.
            at: how much of the month is over, from 0 to less than 1; a mill uses one template
                after the other, so that its letters come in batches.
        """
        kind = kind or self._kind(self._rng)
        draw = self._activity.get(kind)
        activity = draw(self._rng) if draw else ""
        place = "/".join(part for part in (self._file, kind, activity) if part)
        meaning = Meaning(kind, self._kinds[kind].intention, activity)
        return grammar().draw(place, self._rng, at if kind in _BATCHED else None), meaning


def _activities(file: str, kind: str) -> Draw | None:
    start = f"{file}/{kind}/"
    among = [place.removeprefix(start) for place in grammar().templates if place.startswith(start)]
    return activities(among) if among else None
