"""What the head of the page says: counts, guides and charts; and the cards below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.model import Stance
from lianfang.report.cards import Card, card
from lianfang.report.guidance import Guidance, guidance
from lianfang.report.reasons import in_english
from lianfang.report.tally import KINDS, Kind, Tally
from lianfang.report.visible import plain
from lianfang.report.words import kind_name, phrases, stance_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lianfang.guides.library import Library
    from lianfang.report.drawings import Drawing
    from lianfang.report.indicators import Found

GLYPHS = {Kind.SUSPECT: "▲", Kind.LOOK: "◆", Kind.ABOUT: "●", Kind.CLEAR: "○"}


class Summary:
    """Everything a template asks for that isn't a card."""

    kinds = KINDS
    glyphs = GLYPHS

    def __init__(
        self, tally: Tally, library: Library, lang: str, thresholds: tuple[float, float]
    ) -> None:
        self.tally, self.lang, self.words = tally, lang, phrases(lang)
        self._library = library
        self.thresholds = thresholds
        self.low, self.high = (f"{end:.2f}" for end in self.thresholds)
        self.guides: dict[str, Guidance] = {
            name: guidance(guide, library, lang) for name, guide in library.guides.items()
        }

    def share(self, kind: Kind) -> str:
        """Of all verdicts, the part that is of a kind."""
        return f"{self.tally.kinds[kind] / max(self.tally.total, 1):.1%}"

    def name(self, activity: str) -> str:
        """An activity's name; its id where the library lacks the guide."""
        return self.guides[activity].name if activity in self.guides else plain(activity)

    def kind_of(self, indicator: str) -> str:
        """What a kind of indicator is called."""
        return kind_name(indicator, self.lang)

    def stance(self, stance: Stance) -> str:
        return stance_name(stance, self.lang)

    @property
    def concerned(self) -> list[str]:
        """Activities that verdicts name, the most frequent first."""
        named = {name for name, _ in self.tally.activities}
        return sorted(named, key=lambda name: (-self.tally.of_activity(name), name))

    @property
    def stances(self) -> list[Stance]:
        return [stance for stance in Stance if self.tally.stances[stance]]

    def other_versions(self, name: str) -> str:
        """Versions that verdicts name and the library doesn't hold."""
        known = {self.guides[name].version} if name in self.guides else set()
        return ", ".join(sorted(self.tally.versions.get(name, set()) - known))

    def cards(self, every: Iterable[Found], *, masked: bool) -> Iterator[Card]:
        """The cards, made one by one while the page is written."""
        said = in_english(self._library) if self.lang == "en" else {}
        for one in every:
            yield card(one, said, masked=masked)

    def activity_chart(self) -> Drawing:
        from lianfang.report import drawings  # noqa: PLC0415  half a second, only needed here

        names = [(name, self.name(name)) for name in self.concerned]
        return drawings.activities(self.tally, names, self.lang)

    def stance_chart(self) -> Drawing:
        from lianfang.report import drawings  # noqa: PLC0415

        return drawings.stances(self.tally, self.lang)
