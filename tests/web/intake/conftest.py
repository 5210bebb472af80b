from __future__ import annotations

import pytest

from web.intake.deployed import deployed
from web.intake.samples import PARCELS


@pytest.fixture(scope="session")
def worked():
    """A deployment that every file of `samples` was sent to, after a worker has been through.

    `told` has what sending each gave, by its name; `said` is what the worker wrote.
    """
    with deployed() as made:
        made.told = dict(zip(PARCELS, made.send(*PARCELS.values()), strict=True))
        made.said = made.work()
        yield made


@pytest.fixture(scope="session")
def delivered(worked):
    """Return a function: the row of a file's delivery, with its `items` and `refused_rows`."""

    def delivered(name):
        number = worked.told[name]["delivery"]
        rows = {"items": worked.items(number), "refused_rows": worked.refused(number)}
        return worked.delivery(number) | rows

    return delivered
