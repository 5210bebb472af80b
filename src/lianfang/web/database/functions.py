"""Functions that look into an index for a session that row-level security keeps from using it.

`@>` on arrays isn't leakproof, so under a policy PostgreSQL reads every row rather than a GIN
index. A function runs as `lianfang_search`, which passes by the policies, and filters by the
session's purposes itself; it gives numbers alone, whose rows the session then reads as itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from lianfang.web.database.access import OF_PURPOSE
from lianfang.web.database.roles import SEARCH

if TYPE_CHECKING:
    from psycopg import Connection

SIGNATURES = ("search_items(integer[], text, bigint, boolean, integer)",)
_GONE = ("search_items(text[], text, bigint, boolean, integer)",)

LATEST = 8000
"""Items that are read first. A word that these tell often enough isn't rare: then the index would
give tens of thousands of items, each to be fetched before the newest are known."""

# Of an item at a time: EXISTS would first read all that have one.
_ALERTED = """(NOT alerts_only OR (
              SELECT true FROM public.alerts_occurrence o WHERE o.item_id = found.id))"""

# What the index gives is asked for apart from the order: of pairs that it knows nothing of the
# server expects so many that it would read all items from the newest on.
_SEARCH_ITEMS = f"""
CREATE OR REPLACE FUNCTION public.search_items(
    pairs integer[], whole text, before bigint, alerts_only boolean, most integer
) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    latest bigint[];
BEGIN
    IF coalesce(cardinality(pairs), 0) = 0 OR most IS NULL OR most > 1000 THEN
        RAISE EXCEPTION 'no pair of characters, or too many rows';
    END IF;
    latest := ARRAY(
        SELECT id FROM (
            SELECT id, said, purpose FROM public.intake_item
            WHERE before IS NULL OR id < before ORDER BY id DESC LIMIT {LATEST}) found
        WHERE position(whole IN said) > 0 AND {OF_PURPOSE} AND {_ALERTED}
        ORDER BY id DESC LIMIT most);
    IF cardinality(latest) = most THEN
        RETURN QUERY SELECT unnest(latest);
        RETURN;
    END IF;
    RETURN QUERY
        WITH found AS MATERIALIZED (
            SELECT id, said FROM public.intake_item
            WHERE bigrams @> pairs AND {OF_PURPOSE} AND (before IS NULL OR id < before))
        SELECT id FROM found WHERE position(whole IN said) > 0 AND {_ALERTED}
        ORDER BY id DESC LIMIT most;
END
$$
"""  # noqa: S608  of constants


def make_functions(connection: Connection) -> None:
    """Make the functions anew; staff may run them and nobody else.

    Args:
        connection: to the database, by whoever administers the server.
    """
    for signature in _GONE:
        connection.execute(sql.SQL("DROP FUNCTION IF EXISTS public.{}").format(sql.SQL(signature)))
    connection.execute(_SEARCH_ITEMS)
    for signature in SIGNATURES:
        for words in (
            "ALTER FUNCTION public.{} OWNER TO {}",
            "REVOKE ALL ON FUNCTION public.{} FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION public.{} TO lianfang_staff",
        ):
            made = sql.SQL(words).format(sql.SQL(signature), sql.Identifier(SEARCH))
            connection.execute(made)
