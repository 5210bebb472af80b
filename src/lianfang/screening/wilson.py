"""The score interval of a share: honest for few cases, and for shares near 0 and 1.

Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
Journal of the American Statistical Association 22 (158), 1927, pp. 209-212; recommended over
the Wald interval by Brown, Cai and DasGupta, Statistical Science 16 (2), 2001, pp. 101-133.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

Z95 = 1.959963984540054
"""The standard normal quantile at 0.975."""


class Interval(NamedTuple):
    """Both ends of an interval, each from 0 to 1."""

    low: float
    high: float


def wilson(hits: int, total: int, z: float = Z95) -> Interval:
    """The interval of a share of `hits` in `total`, 95 % unless another `z` is given.

    Of nothing (`total` 0) nothing is known: 0 to 1.

    Raises:
        ValueError: `hits` isn't from 0 to `total`.
    """
    if not 0 <= hits <= total:
        raise ValueError(f"{hits} of {total} is no share")
    if total == 0:
        return Interval(0.0, 1.0)
    share, weight = hits / total, z * z / total
    middle = (share + weight / 2) / (1 + weight)
    half = z * sqrt(share * (1 - share) / total + weight / (4 * total)) / (1 + weight)
    # The ends are exact at 0 and 1; only rounding could say otherwise.
    low = 0.0 if hits == 0 else max(middle - half, 0.0)
    high = 1.0 if hits == total else min(middle + half, 1.0)
    return Interval(low, high)
