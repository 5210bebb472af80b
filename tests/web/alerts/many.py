"""Items and alerts by the thousand, beside those of the loaded deployment."""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256

from postgres import BOTH, session

FIRST_ROW = 1_000_000
_ITEM = """
INSERT INTO intake_item (delivery_id, source_id, purpose, row, key, fold, text, said, bigrams,
    platform, account, url, published, made_at, suspect, stance, score, verdict)
SELECT id, source_id, purpose, %s, %s, %s, %s, %s, %s, '甲平台', '', '', '', now(), true, 'offer',
    0.5, '{}' FROM intake_delivery WHERE purpose = %s LIMIT 1
"""
_ALERTS = """
INSERT INTO alerts_alert (purpose, queue, item_id, source_id, kind, platform, fold, count, activity,
    stance, score, sure, state, reason, made_at)
SELECT purpose, 'act', id, source_id, 'post', platform, fold, 1, 'credit-repair', stance,
    (row %% 10) / 10.0, row %% 2 = 0, 'open', '', now() - (row - %s) * interval '1 hour'
FROM intake_item WHERE row >= %s
"""
_OCCURRENCES = """
INSERT INTO alerts_occurrence (purpose, alert_id, item_id)
SELECT purpose, id, item_id FROM alerts_alert WHERE item_id IN
    (SELECT id FROM intake_item WHERE row >= %s)
"""
_CLEAR = (
    "DELETE FROM alerts_occurrence WHERE item_id IN (SELECT id FROM intake_item WHERE row >= %s)",
    "DELETE FROM alerts_alert WHERE item_id IN (SELECT id FROM intake_item WHERE row >= %s)",
    "DELETE FROM intake_item WHERE row >= %s",
)


@contextmanager
def many(place, texts):
    """Every text is an item with an alert meanwhile, an hour older than the one before.

    Args:
        place: of the loaded deployment.
        texts: pairs of a purpose and a text, none twice.
    """
    from lianfang.web.intake.bigrams import searchable

    with session(place, "owner", BOTH) as owner:
        try:
            for row, (purpose, text) in enumerate(texts, FIRST_ROW):
                [said], [pairs] = searchable([text], [{}])
                digest = sha256(text.encode()).digest()
                owner.execute(_ITEM, [row, digest, digest, text, said, pairs.tolist(), purpose])
            owner.execute(_ALERTS, [FIRST_ROW, FIRST_ROW])
            owner.execute(_OCCURRENCES, [FIRST_ROW])
            owner.commit()
            # What was just added stands in a list beside the index until then.
            owner.autocommit = True
            owner.execute("VACUUM ANALYZE intake_item")
            owner.autocommit = False
            yield place
        finally:
            owner.rollback()
            for words in _CLEAR:
                owner.execute(words, [FIRST_ROW])
            owner.commit()
