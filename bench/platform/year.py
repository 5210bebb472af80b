"""A month multiplied into a year by the database itself (`year.sql`)."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from psycopg import Connection

YEAR = Path(__file__).with_name("year.sql")
GROWING = (
    "intake_item",
    "alerts_alert",
    "alerts_occurrence",
    "alerts_decision",
    "alerts_sketch",
    "dashboard_sighting",
)
ITEM = {
    "id": "old.id + n * {stride}",
    "key": "sha256(old.key || int8send(n))",
    "fold": "sha256(old.fold || int8send(n))",
    "text": "old.text || pg_temp.ending(old.id + n * {stride})",
    "said": "old.said || pg_temp.ending(old.id + n * {stride})",
    "bigrams": "old.bigrams || pg_temp.pairs(pg_temp.ending(old.id + n * {stride}))",
    "made_at": "pg_temp.moment(old.id + n * {stride})",
    "published": """CASE WHEN old.published = '' THEN '' ELSE to_char(
        pg_temp.moment(old.id + n * {stride})
        - pg_temp.chance(old.id + n, 6) * interval '36 hours', 'YYYY-MM-DD HH24:MI:SS') END""",
}
ALERT = {
    "id": "new.alert",
    "item_id": "new.item",
    "source_id": "item.source_id",
    "platform": "item.platform",
    "kind": "(SELECT kind FROM intake_source s WHERE s.id = item.source_id)",
    "fold": "sha256(old.fold || int8send(new.alert))",
    "count": "new.count",
    "made_at": "pg_temp.moment(new.item)",
}
"""Columns that aren't the same in a copy. Those that nobody named are copied as they are."""

_COLUMNS = """
SELECT attname FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY (%s::regclass[]) AND NOT indisunique
"""


def multiply(connection: Connection, *, items: int, sketches: Mapping[int, Sequence[int]]) -> None:
    """Make a year of the month that is there.

    Row security and foreign keys are passed by: that is what whoever administers the server can.

    Args:
        connection: of whoever administers the server, in autocommit.
        items: how many there are to be, at least.
        sketches: by the numbers of the month's alerts, what is kept of them once they are decided.
    """
    ((stride, there),) = connection.execute("SELECT max(id), count(*) FROM intake_item").fetchall()
    told = {"stride": sql.Literal(stride), "copies": sql.Literal(-(-items // there))}
    words = YEAR.read_text(encoding="utf-8")
    lists = {
        **_lists(connection, "item", "intake_item", ITEM, told),
        **_lists(connection, "alert", "alerts_alert", ALERT, told),
    }
    with _bare(connection), connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        _keep(connection, sketches)
        # The file is ours; braces are its places.
        connection.execute(sql.SQL(words).format(**told, **lists))
    connection.execute("VACUUM ANALYZE")


def _lists(
    connection: Connection,
    name: str,
    table: str,
    changed: Mapping[str, str],
    told: Mapping[str, sql.Composable],
) -> dict[str, sql.Composable]:
    """The columns of a table, and what stands in each of a copy."""
    columns = [column for (column,) in connection.execute(_COLUMNS, [table])]
    values = [
        sql.SQL(changed[one]).format(**told) if one in changed else sql.Identifier("old", one)
        for one in columns
    ]
    return {
        f"{name}_columns": sql.SQL(", ").join(map(sql.Identifier, columns)),
        f"{name}_values": sql.SQL(", ").join(values),
    }


def _keep(connection: Connection, sketches: Mapping[int, Sequence[int]]) -> None:
    connection.execute("CREATE TEMP TABLE month_sketch (alert bigint, band bigint)")
    with connection.cursor().copy("COPY month_sketch FROM STDIN") as copy:
        for alert, bands in sketches.items():
            for band in bands:
                copy.write_row((alert, band))


@contextmanager
def _bare(connection: Connection) -> Iterator[None]:
    """Without indexes meanwhile, but for those that hold rows apart: made at once is faster."""
    indexes = connection.execute(_INDEXES, [list(GROWING)]).fetchall()
    for name, _ in indexes:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(name)))
    yield
    connection.execute("SET maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        connection.execute(definition)
