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

SIGNATURES = ("search_items(text[], text, bigint, boolean, integer)",)

# Planned anew each time: how many texts have a pair of characters differs a thousandfold. Of an
# item at a time it is asked whether it has an alert: EXISTS would first read all that have one.
_SEARCH_ITEMS = f"""
CREATE OR REPLACE FUNCTION public.search_items(
    pairs text[], whole text, before bigint, alerts_only boolean, most integer
) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
    IF coalesce(cardinality(pairs), 0) = 0 OR most IS NULL OR most > 1000 THEN
        RAISE EXCEPTION 'no pair of characters, or too many rows';
    END IF;
    RETURN QUERY
        SELECT id FROM public.intake_item
        WHERE bigrams @> pairs AND position(whole IN said) > 0 AND {OF_PURPOSE}
          AND (before IS NULL OR id < before)
          AND (NOT alerts_only OR (
              SELECT true FROM public.alerts_occurrence o WHERE o.item_id = intake_item.id))
        ORDER BY id DESC LIMIT most;
END
$$
"""  # noqa: S608  of constants


def make_functions(connection: Connection) -> None:
    """Make the functions anew; staff may run them and nobody else.

    Args:
        connection: to the database, by whoever administers the server.
    """
    connection.execute(_SEARCH_ITEMS)
    for signature in SIGNATURES:
        for words in (
            "ALTER FUNCTION public.{} OWNER TO {}",
            "REVOKE ALL ON FUNCTION public.{} FROM PUBLIC",
            "GRANT EXECUTE ON FUNCTION public.{} TO lianfang_staff",
        ):
            made = sql.SQL(words).format(sql.SQL(signature), sql.Identifier(SEARCH))
            connection.execute(made)
