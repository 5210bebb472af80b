"""Fill a deployment with a small year, and tell as JSON what is there: a process of its own."""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

import psycopg
from bench.platform.pages import known
from bench.platform.queries import most_queries
from bench.platform.site import site

from bench.platform import pool, year
from lianfang.web import operations
from lianfang.web.database.seeing import seeing
from lianfang.web.deployment import DATABASE

ITEMS, MONTH = 1500, 300
ASKED = {
    "items": "SELECT count(*) FROM intake_item",
    "texts": "SELECT count(DISTINCT text) FROM intake_item",
    "alerts": "SELECT count(*) FROM alerts_alert",
    "of alerts": "SELECT sum(count) FROM alerts_alert",
    "occurrences": "SELECT count(*) FROM alerts_occurrence",
    "with an alert": "SELECT count(DISTINCT alert_id) FROM alerts_occurrence",
    "sightings": "SELECT count(*) FROM dashboard_sighting",
    "decided": "SELECT count(*) FROM alerts_alert WHERE decided_by_id IS NOT NULL",
    "decisions": "SELECT count(DISTINCT alert_id) FROM alerts_decision",
    "assigned": "SELECT count(*) FROM alerts_alert WHERE assigned_to_id IS NOT NULL",
    "states": "SELECT count(DISTINCT state) FROM alerts_alert",
    "sketched": """SELECT count(DISTINCT alert_id) FROM alerts_sketch""",
    "final": "SELECT count(*) FROM alerts_alert WHERE state IN ('confirmed', 'rejected')",
    "of strangers": """SELECT count(*) FROM alerts_alert a JOIN intake_item i ON i.id = item_id
        WHERE a.purpose <> i.purpose OR a.source_id <> i.source_id OR a.made_at <> i.made_at""",
    "lost": """SELECT count(*) FROM alerts_occurrence o
        LEFT JOIN intake_item i ON i.id = item_id LEFT JOIN alerts_alert a ON a.id = alert_id
        WHERE i.id IS NULL OR a.id IS NULL OR i.purpose <> a.purpose""",
    "days": "SELECT extract(day FROM max(made_at) - min(made_at)) FROM intake_item",
    "disordered": """SELECT count(*) FROM (
        SELECT made_at < lag(made_at) OVER (ORDER BY id) AS so FROM intake_item) i WHERE so""",
}
INDEXES = "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, site() as made:
        pool.fill(made, Path(folder), items=MONTH, start=date(2026, 10, 1))
        administrator = operations.administrator(made.deployment, made.place, DATABASE)
        with psycopg.connect(administrator, autocommit=True) as connection:
            indexes = connection.execute(INDEXES).fetchall()
            year.multiply(connection, items=ITEMS, sketches=pool.sketches())
            told = {name: connection.execute(query).fetchone()[0] for name, query in ASKED.items()}
            told["indexes stay"] = indexes == connection.execute(INDEXES).fetchall()
        told |= {"queries": most_queries(known()), "found": _found()}
    json.dump(told, sys.stdout, default=int)


def _found() -> int:
    """How many items are found by the end that a copy has."""
    from lianfang.web.alerts.searching import search  # noqa: PLC0415  once Django is set up

    with seeing(["governance", "anti-telecom-fraud", "complaints"]):
        return len(search("老地方", alerts_only=False, size=1000))


if __name__ == "__main__":
    main()
