"""Three hundred alerts of sixty days, seen and decided at many a time."""

from __future__ import annotations

import pytest

from postgres import session

MADE = (
    """INSERT INTO intake_item (delivery_id, source_id, purpose, row, key, fold, text, said,
                                bigrams, platform, account, url, published, made_at, stance,
                                score, verdict)
       SELECT d.id, d.source_id, d.purpose, 1000 + i, 'made-' || i::text::bytea,
              'made-' || i::text::bytea, 'made', '', '{}', 'p' || i % 17, '', '', '', now(),
              'offer', 0.5, '{}'
       FROM (SELECT * FROM intake_delivery WHERE purpose = 'governance' LIMIT 1) d,
            generate_series(1, 300) i""",
    """INSERT INTO alerts_alert (purpose, queue, item_id, source_id, kind, platform, fold, count,
                                 activity, stance, score, sure, state, reason, made_at,
                                 snoozed_until)
       SELECT purpose, CASE WHEN row % 3 = 0 THEN 'protect' ELSE 'act' END, id, source_id, 'post',
              platform, fold, 1, CASE WHEN row % 5 = 0 THEN '' ELSE 'a' || row % 5 END, stance,
              score, true, CASE WHEN row % 4 = 0 THEN 'open' ELSE 'confirmed' END, '',
              now() - random() * interval '60 days',
              CASE WHEN row % 16 = 0 THEN now() + interval '3 days' END
       FROM intake_item WHERE text = 'made'""",
    """UPDATE alerts_alert SET decided_at = made_at + random() * interval '60 hours'
       WHERE state = 'confirmed' AND item_id IN (SELECT id FROM intake_item WHERE text = 'made')""",
    """INSERT INTO dashboard_sighting (alert_id, purpose, queue, activity, platform, made_at, told,
                                       published_at)
       SELECT a.id, a.purpose, a.queue, a.activity, a.platform, a.made_at, a.id % 11 > 0,
              CASE WHEN a.id % 11 > 1 THEN a.made_at + (0.1 - random()) * interval '90 hours' END
       FROM alerts_alert a JOIN intake_item i ON i.id = a.item_id WHERE i.text = 'made'""",
)
CLEARED = (
    """DELETE FROM dashboard_sighting WHERE alert_id IN
       (SELECT a.id FROM alerts_alert a JOIN intake_item i ON i.id = a.item_id
        WHERE i.text = 'made')""",
    "DELETE FROM alerts_alert WHERE item_id IN (SELECT id FROM intake_item WHERE text = 'made')",
    "DELETE FROM intake_item WHERE text = 'made'",
)


def run(place, statements):
    with session(place, "owner", ["governance"]) as owner:
        owner.execute("SELECT setseed(0.5)")
        for statement in statements:
            owner.execute(statement)
        owner.commit()


@pytest.fixture(scope="module")
def many(loaded):
    try:
        run(loaded, MADE)
        yield loaded
    finally:
        run(loaded, CLEARED)
