"""A month of every kind, taken in by a real worker: what a year is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bench.month.generate import write
from bench.month.model import Month
from bench.platform.site import BASIS, PASSWORD, Site
from lianfang.web import operations

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from lianfang.web.institution.models import User

PARTS = 3
"""Months side by side, each with sources of its own. Of the last, calls and letters are left out:
so every fifth item is to be looked at."""

PEOPLE = {
    **{f"analyst{number}": "analyst" for number in range(4)},
    **{f"reviewer{number}": "reviewer" for number in range(2)},
    **{f"compliance{number}": "compliance" for number in range(2)},
}
"""Accounts, and their roles."""


class Sent(NamedTuple):
    """A file of a month, and the source that sends it."""

    file: str
    source: str
    kind: str
    purpose: str


SENT = (
    Sent("posts.csv", "公开平台巡查", "post", "governance"),
    Sent("messages.csv", "客户举报短信", "message", "anti-telecom-fraud"),
    Sent("calls.jsonl", "客服通话转写", "call", "anti-telecom-fraud"),
    Sent("letters.jsonl", "投诉信", "letter", "complaints"),
)


def fill(site: Site, folder: Path, *, items: int, start: date) -> None:
    """Make the people, and have so many items taken in.

    Args:
        site: an empty deployment.
        folder: for the files of the months.
        items: how many the months have; a few rows may be alike.
        start: the first day of the month.
    """
    from lianfang.web.institution.services import add_user  # noqa: PLC0415  once Django is set up

    people = [
        add_user(username=name, password=PASSWORD, role=role, by="bench")
        for name, role in PEOPLE.items()
    ]
    for part in range(PARTS):
        of_part = folder / str(part)
        write(of_part, part, Month(start, 30), items // PARTS)
        _send(of_part, SENT if part < PARTS - 1 else SENT[:2], f"{part + 1}组", people[-1])
    worker = operations.start_worker(site.deployment, site.place, "--once")
    assert worker.wait() == 0


def _send(folder: Path, sent: Sequence[Sent], group: str, user: User) -> None:
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415  once Django is set up
    from lianfang.web.institution.purposes import ALL_PURPOSES  # noqa: PLC0415
    from lianfang.web.intake.services import add_source, deliver  # noqa: PLC0415

    with seeing(ALL_PURPOSES):
        for file, name, kind, purpose in sent:
            made = add_source(
                name=f"{name}{group}", kind=kind, purpose=purpose, basis=BASIS, user=user
            )
            with (folder / file).open("rb") as stream:
                deliver(source=made, stream=stream, name=file, user=user)


def sketches() -> dict[int, list[int]]:
    """Of each alert what is kept of it once it's decided."""
    from lianfang.web.alerts import near  # noqa: PLC0415  once Django is set up
    from lianfang.web.alerts.models import Alert  # noqa: PLC0415
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415
    from lianfang.web.institution.purposes import ALL_PURPOSES  # noqa: PLC0415

    with seeing(ALL_PURPOSES):
        texts = dict(Alert.objects.values_list("pk", "item__text"))
    return dict(zip(texts, near.sketches(list(texts.values())), strict=True))
