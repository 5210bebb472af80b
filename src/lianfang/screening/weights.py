"""What a trained judge knows: a plain file of arrays (NumPy's `.npz`, nothing that can run).

Columns: `near` (is it about an activity at all?), `offends` (whatever it does), one a stance, one
an activity. Each is a logistic regression over runs of characters (see `text.ngrams`) and, but for
`near`, the features of the guides.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lianfang.errors import InputError
from lianfang.guides.library import shipped
from lianfang.text.arrays import load_arrays, save_arrays, unreadable
from lianfang.text.labeller import KIND
from lianfang.text.runs import Runs

if TYPE_CHECKING:
    from lianfang.text.ngrams import Floats

NEAR, OFFENDS = "near", "offends"
TOLD = (
    "columns",
    "rules",
    "slope",
    "shift",
    "clear_below",
    "suspect_from",
    "near_from",
    "trained",
)
"""What isn't an array."""
SHIPPED = Path(__file__).with_name("model.npz")


def home(root: Path) -> Path:
    """Where the weights of the guides in a folder stand, unless another place is named."""
    return SHIPPED if root.resolve() == shipped().resolve() else root / SHIPPED.name


@dataclass(frozen=True)
class Weights:
    """A trained judge's numbers.

    Attributes:
        columns: what each column speaks for.
        runs: what runs of characters weigh in each column.
        rules: names of features; `features` has a row of weights for each.
        slope, shift: from how far offending is ahead (see `learned.ahead`) to the log-odds that a
            text offends.
        clear_below, suspect_from: thresholds of that probability.
        near_from: log-odds of `near` from which on a text is looked at closely.
        trained: what it was trained on (`digest`: see `training.digest`), and how it did on
            authors that it hadn't seen.
    """

    columns: tuple[str, ...]
    runs: Runs
    rules: tuple[str, ...]
    features: Floats
    slope: float
    shift: float
    clear_below: float
    suspect_from: float
    near_from: float
    trained: dict[str, Any]


def save(weights: Weights, path: Path) -> None:
    """Write a file, whole or not at all; the same weights give the same bytes.

    Raises:
        InputError: it can't be written.
    """
    told = {name: getattr(weights, name) for name in TOLD}
    save_arrays(path, told, weights.runs.arrays() | {"features": weights.features})


def load(path: Path = SHIPPED) -> Weights:
    """Read a file.

    Raises:
        InputError: it isn't there, or is no judge of this version.
    """
    told, arrays = load_arrays(path)
    if told.get("kind") == KIND:
        do = "label texts with `lianfang model apply`"
        raise InputError("labels, no judge's weights", where=str(path), do=do)
    try:
        runs = Runs.read(arrays, len(told["columns"]))
        if runs is None:
            do = "train one with `lianfang model train`"
            raise InputError("a model of another version", where=str(path), do=do)
        return Weights(
            tuple(told["columns"]),
            runs,
            tuple(told["rules"]),
            arrays["features"],
            *(told[name] for name in TOLD[2:]),
        )
    except KeyError as error:
        raise unreadable(path, error) from error
