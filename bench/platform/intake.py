"""How fast files of posts are screened and stored by a real worker, beside a plain COPY."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import psycopg
import pyarrow.parquet as pq

from bench.platform.site import BASIS, PASSWORD, Site
from lianfang.web import operations

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

PAUSE = 0.05


class Taken(NamedTuple):
    """A file that was taken in.

    Attributes:
        rows: of the file.
        added, suspect: items that were kept, and such of them as are suspect.
        alerts, values: new alerts and personal values.
        seconds: from the worker's first row to its last.
        whole: from the worker's start to its end: it loads Django and the guides.
        worked: that the worker's process had a core, start included.
        kept: that the database's process for it had a core; 0 where that is another machine's.
        copied: for COPY of the same rows into a table without index, reading the file included.
    """

    rows: int
    added: int
    suspect: int
    alerts: int
    values: int
    seconds: float
    whole: float
    worked: float
    kept: float
    copied: float

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds

    @property
    def ratio(self) -> float:
        """How many times as long as COPY it took."""
        return self.seconds / self.copied


def take(site: Site, path: Path, source: str) -> Taken:
    """Take a file in, and copy it beside.

    Args:
        site: a deployment.
        path: of the Parquet file.
        source: a name that no source has yet.
    """
    rows = pq.ParquetFile(path).metadata.num_rows
    copied, there = _copied(site, path), _there()
    delivery = _delivered(path, source)
    before, begun = _cores(site), time.monotonic()
    worker = operations.start_worker(site.deployment, site.place, "--once")
    seen = _watched(worker, delivery)
    whole = time.monotonic() - begun
    assert worker.returncode == 0
    (early, first), (late, last) = seen[0], seen[-1]
    # What was kept at the first look tells nothing of how long it took; of one batch nothing does.
    seconds = (late - early) * rows / (last - first) if last > first else whole
    worked, kept = (now - then for now, then in zip(_cores(site), before, strict=True))
    added, suspect = _kept(delivery)
    alerts, values = (now - then for now, then in zip(_there(), there, strict=True))
    return Taken(rows, added, suspect, alerts, values, seconds, whole, worked, kept, copied)


def _watched(worker: subprocess.Popen[bytes], delivery: int) -> list[tuple[float, int]]:
    """Moments at which a delivery was seen to be further than before, and how far it was."""
    seen: list[tuple[float, int]] = []
    while True:
        ended = worker.poll() is not None
        done, now = _done_row(delivery), time.monotonic()
        if done > (seen[-1][1] if seen else 0):
            seen.append((now, done))
        if ended:
            return seen
        time.sleep(PAUSE)


def _cores(site: Site) -> tuple[float, float]:
    """Seconds that children of this process which ended had a core, and such of the database's."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = site.deployment.home / "postgres" / "postmaster.pid"
    if not own.exists():
        return used.ru_utime + used.ru_stime, 0.0
    number = own.read_text(encoding="ascii").split()[0]
    told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return used.ru_utime + used.ru_stime, (int(told[13]) + int(told[14])) / os.sysconf("SC_CLK_TCK")


def _delivered(path: Path, source: str) -> int:
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415  once Django is set up
    from lianfang.web.institution.models import User  # noqa: PLC0415
    from lianfang.web.institution.purposes import ALL_PURPOSES, Purpose  # noqa: PLC0415
    from lianfang.web.institution.services import add_user  # noqa: PLC0415
    from lianfang.web.intake.services import add_source, deliver  # noqa: PLC0415

    user = User.objects.filter(username="sender").first() or add_user(
        username="sender", password=PASSWORD, role="compliance", by="bench"
    )
    with seeing(ALL_PURPOSES), path.open("rb") as stream:
        made = add_source(
            name=source, kind="post", purpose=Purpose.GOVERNANCE, basis=BASIS, user=user
        )
        delivery, _ = deliver(source=made, stream=stream, name=path.name, user=user)
    return delivery.pk


def _done_row(delivery: int) -> int:
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415  once Django is set up
    from lianfang.web.institution.purposes import ALL_PURPOSES  # noqa: PLC0415
    from lianfang.web.intake.models import Delivery  # noqa: PLC0415

    with seeing(ALL_PURPOSES):
        return Delivery.objects.values_list("done_row", flat=True).get(pk=delivery)


def _kept(delivery: int) -> tuple[int, int]:
    """How many items a delivery added, and how many of them are suspect."""
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415  once Django is set up
    from lianfang.web.institution.purposes import ALL_PURPOSES  # noqa: PLC0415
    from lianfang.web.intake.models import Delivery  # noqa: PLC0415

    with seeing(ALL_PURPOSES):
        made = Delivery.objects.get(pk=delivery)
    assert made.state == "done", made.problem
    return made.added, made.suspect


def _there() -> tuple[int, int]:
    """How many alerts and personal values there are."""
    from lianfang.web.alerts.models import Alert  # noqa: PLC0415  once Django is set up
    from lianfang.web.database.seeing import seeing  # noqa: PLC0415
    from lianfang.web.institution.purposes import ALL_PURPOSES  # noqa: PLC0415
    from lianfang.web.vault.models import PersonalValue  # noqa: PLC0415

    with seeing(ALL_PURPOSES):
        return Alert.objects.count(), PersonalValue.objects.count()


def _copied(site: Site, path: Path) -> float:
    """Seconds that COPY takes for the same rows, read from the same file."""
    administrator = operations.administrator(site.deployment, site.place)
    with psycopg.connect(administrator, autocommit=True) as connection:
        columns = ", ".join(f"c{number} text" for number in range(len(_columns(path))))
        connection.execute("CREATE TABLE copied (" + columns + ")")
        begun = time.monotonic()
        with connection.cursor().copy("COPY copied FROM STDIN") as copy:
            for row in _rows(path):
                copy.write_row(row)
        took = time.monotonic() - begun
        connection.execute("DROP TABLE copied")
    return took


def _columns(path: Path) -> list[str]:
    names: list[str] = pq.ParquetFile(path).schema_arrow.names
    return names


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    for batch in pq.ParquetFile(path).iter_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
