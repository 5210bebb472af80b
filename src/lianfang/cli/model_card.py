"""A model's card as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.screening.weights import load
from lianfang.text.arrays import load_arrays
from lianfang.text.labeller import KIND
from lianfang.text.labeller import load as load_labels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lianfang.screening.weights import Weights

HEAD = """\
# Model card

Linear: a logistic regression for each stance and each activity, over hashed runs of one to three
characters and the features of the guides. A text's score comes from the lead of its likeliest
offending stance over its likeliest other one, so every score is a sum that can be taken apart.
It is a hint for a person. It knows the wording of those who wrote its corpus, all for this
project, none of it real people's messages: measure it on your own traffic, and train it with your
own lines (`lianfang model train --also FILE`).

Shares below are of lines by authors held out, with 95 % Wilson intervals; thresholds and
calibration were set on the same trials.
"""


def card_of(path: Path) -> str:
    """The card of a model of either kind.

    Raises:
        InputError: the file holds no model.
    """
    if load_arrays(path)[0].get("kind") == KIND:
        from lianfang.cli.label_card import label_card  # noqa: PLC0415  uses this file

        return label_card(load_labels(path))
    return judge_card(load(path))


def judge_card(weights: Weights) -> str:
    """The card of a judge's weights."""
    told = weights.trained
    stances = ", ".join(f"{name} {count:,}" for name, count in told["stances"].items())
    whole = [
        ("lines", f"{told['lines']:,} by {told['authors']} authors ({stances})"),
        ("offending lines called suspect", share(told["recall"])),
        ("innocent lines called suspect", share(told["false_alarms"])),
        ("left to a person", share(told["unsure"])),
        ("right activity, of those found", share(told["right_activity_of_those_found"])),
        ("clear below", f"{weights.clear_below:.3f}"),
        ("suspect from", f"{weights.suspect_from:.3f}"),
    ]
    parts = [HEAD, table(("what", "value"), whole)]
    for title, key in (("stance", "by_stance"), ("activity (offending lines)", "by_activity")):
        rows = [
            (name, share(pair["suspect"]), share(pair["unsure"]))
            for name, pair in told[key].items()
        ]
        parts.append(table((title, "suspect", "left to a person"), rows))
    return "\n".join(parts)


def share(of: list[float]) -> str:
    """A share with its interval and of how many."""
    value, low, high, count = of
    return f"{100 * value:.1f} % ({100 * low:.1f}–{100 * high:.1f}) of {count:,}"


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table of Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
