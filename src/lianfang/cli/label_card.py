"""The card of labels that were learned, as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianfang.cli.model_card import share, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.text.labeller import Labeller

HEAD = """\
# Model card

Linear: a logistic regression for each label, over hashed runs of one to three characters. It knows
the wording of the texts that it learned from: measure it on others before you rely on it.

Shares below are of texts held out with their groups, in {folds} turns, with 95 % Wilson intervals
that take each text as drawn alone. A group: {grouped_by}.
The floor gives every text the most frequent label.
"""
GROUPED = {
    "column": "what the file names so",
    "near-duplicates": "texts that are near-duplicates of one another",
}
ALONE = """
Labels with texts of one group alone were never tried on what taught them: {labels}.
"""
SEVERAL = """
A text may have several labels; it counts in the cells of all.
"""


def label_card(labeller: Labeller) -> str:
    """The card."""
    told = labeller.card
    parts = [
        HEAD.format(grouped_by=GROUPED[told["grouped_by"]], folds=told["folds"]),
        table(("what", "learned", "floor"), list(_whole(labeller))),
        table(("label", "precision", "recall", "F1", "groups"), list(_labels(labeller))),
        "Given (across) to texts with each label (down):\n",
        table(("", *map(_cell, labeller.labels), "none"), list(_confusion(labeller))),
    ]
    lonely = [name for name, rates in told["labels"].items() if rates["groups"] == 1]
    tail = "" if labeller.single else SEVERAL
    tail += ALONE.format(labels=", ".join(map(_cell, lonely))) if lonely else ""
    return "\n".join(parts) + tail


def _whole(labeller: Labeller) -> Sequence[tuple[str, ...]]:
    told, floor = labeller.card, labeller.card["floor"]
    size = f"{told['lines']:,} in {told['groups']:,} groups"
    return [
        ("texts", size, f"all given {_cell(floor['label'])}"),
        ("given just their labels", share(told["right"]), share(floor["right"])),
        ("mean F1 of the labels", f"{told['macro_f1']:.3f}", f"{floor['macro_f1']:.3f}"),
    ]


def _labels(labeller: Labeller) -> Sequence[tuple[str, ...]]:
    return [
        (
            _cell(name),
            share(rates["precision"]),
            share(rates["recall"]),
            "{:.3f} ({:.3f}–{:.3f})".format(*rates["f1"]),
            f"{rates['groups']:,}",
        )
        for name, rates in labeller.card["labels"].items()
    ]


def _confusion(labeller: Labeller) -> Sequence[tuple[str, ...]]:
    rows = zip(labeller.labels, labeller.card["confusion"], strict=True)
    return [(_cell(name), *(f"{count:,}" for count in counts)) for name, counts in rows]


def _cell(name: str) -> str:
    """A name that can't break its cell."""
    return " ".join(name.split()).replace("|", "\\|")
