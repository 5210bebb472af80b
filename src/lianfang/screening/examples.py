"""The examples that stand in a feature: `hit` must make it fire, `clean` must not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.screening.alone import fired

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lianfang.guides.library import Library
    from lianfang.guides.program import Program


@dataclass(frozen=True, slots=True)
class Example:
    """A text of a feature: where it stands (`path:line`), and whether the feature must fire."""

    where: str
    feature: str
    text: str
    must_fire: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """An example whose feature did the opposite. Prints as `path:line: what: do`."""

    example: Example

    def __str__(self) -> str:
        example = self.example
        if example.must_fire:
            what, do = "doesn't fire on its hit", "widen the condition, or mend the example"
        else:
            what, do = "fires on its clean example", "narrow the condition, or add an `unless`"
        return f"{example.where}: {example.feature} {what} {example.text!r}: {do}"


def examples(library: Library) -> Iterator[Example]:
    """Every example of every feature."""
    for guide, feature, document, place in library.features():
        name = f"{guide or 'shared'}/{feature.id}"
        for key, texts in (("hit", feature.hit), ("clean", feature.clean)):
            for i, text in enumerate(texts):
                yield Example(document.where((*place, key, i)), name, text, key == "hit")


def failures(program: Program, features: Collection[str]) -> tuple[Failure, ...]:
    """Examples of these features that fail; each is tried on its own feature alone."""
    wanted = [e for e in examples(program.library) if e.feature in features]
    texts = fired(program, [example.text for example in wanted])
    return tuple(
        Failure(example)
        for number, example in enumerate(wanted)
        if example.must_fire != (number in texts[example.feature])
    )
