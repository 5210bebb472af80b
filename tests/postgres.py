"""Sessions of a deployment's database under its roles, and rows of two purposes in every table."""

from __future__ import annotations

from contextlib import contextmanager

import psycopg
from django.conf import settings

BOTH = ("governance", "complaints")
SEE = "SELECT set_config('lianfang.purposes', %s, false)"
COMPLAINTS = (
    """INSERT INTO intake_profile (source_id, purpose, header, fields, made_at, made_by_id)
       SELECT id, purpose, '\\x00', CASE kind
         WHEN 'post' THEN '{platform,account,url,published,text}'::varchar[]
         ELSE '{name,phone,text}' END, now(), made_by_id FROM intake_source""",
    """INSERT INTO intake_mapping (delivery_id, profile_id, purpose, at)
       SELECT d.id, p.id, d.purpose, now() FROM intake_delivery d
       JOIN intake_profile p USING (source_id)""",
    """INSERT INTO intake_refusedrow (delivery_id, purpose, row, "column", reason, what_to_do)
       SELECT id, purpose, 3, '', 'short', 'fill it' FROM intake_delivery
       WHERE purpose = 'complaints'""",
    """INSERT INTO alerts_alert (purpose, queue, item_id, source_id, kind, platform, fold, count,
                                 activity, stance, score, sure, state, reason, made_at)
       SELECT purpose, 'act', id, source_id, 'letter', platform, fold, 1, '', stance, score, true,
              'open', '', now()
       FROM intake_item WHERE purpose = 'complaints'""",
    """INSERT INTO alerts_occurrence (purpose, alert_id, item_id)
       SELECT purpose, id, item_id FROM alerts_alert WHERE purpose = 'complaints'""",
    "INSERT INTO alerts_sketch (purpose, alert_id, band) SELECT purpose, id, 1 FROM alerts_alert",
    """INSERT INTO dashboard_sighting (alert_id, purpose, queue, activity, platform, made_at, told)
       SELECT id, purpose, queue, activity, '', made_at, false FROM alerts_alert
       WHERE purpose = 'complaints'""",
    """INSERT INTO alerts_decision (purpose, alert_id, deed, before, reason_before, after, reason,
                                    by_id, at)
       SELECT purpose, id, 'decide', 'open', '', 'open', 'looked at',
              (SELECT min(id) FROM institution_user), now() FROM alerts_alert""",
    """INSERT INTO institution_alarm (at, kind, ground, who, count, "limit", event)
       VALUES (now(), 'reveals', 'hour', 'reviewer', 41, 40, 1)""",
    """INSERT INTO usersessions_usersession (user_id, created_at, last_seen_at, ip, session_key,
                                             user_agent, data)
       SELECT id, now(), now(), '127.0.0.1', 'of-nobody', '', '{}' FROM institution_user
       WHERE username = 'analyst'""",
    """INSERT INTO guidance_setting (what, "of", off, why, by_id, at)
       SELECT 'bounds', 'credit-repair', false, 'tried', min(id), now() FROM institution_user""",
    """INSERT INTO trials_draft (feature, number, text, why, by_id, made_at)
       SELECT 'credit-repair/names-repair', 1, 'id: names-repair', 'tried', min(id), now()
       FROM institution_user""",
    """INSERT INTO trials_run (draft_id, purpose, since, state, total, done, changed, fired_before,
                               fired_after, problem, by_id, made_at)
       SELECT d.id, p, now(), 'running', 1, 0, 1, 0, 1, '', d.by_id, now()
       FROM trials_draft d, unnest(ARRAY['governance', 'complaints']) p""",
    """INSERT INTO trials_change (run_id, purpose, item_id, kind, lost, before, after)
       SELECT r.id, r.purpose, min(i.id), 'stance', false, told, told
       FROM trials_run r JOIN intake_item i USING (purpose), jsonb_build_object(
           'suspect', null, 'stance', 'offer', 'activity', 'credit-repair', 'score', 0.5,
           'queue', 'act', 'spans', '[[0, 2]]'::jsonb) told
       GROUP BY r.id, r.purpose, told""",
    """INSERT INTO trials_firing (purpose, alert_id, feature)
       SELECT purpose, id, 'credit-repair/names-repair' FROM alerts_alert
       WHERE purpose = 'complaints'""",
)
CLEAR = (
    "DELETE FROM intake_mapping",
    "DELETE FROM intake_profile",
    "DELETE FROM trials_change",
    "DELETE FROM trials_run",
    "DELETE FROM trials_draft",
    "DELETE FROM guidance_setting",
    "DELETE FROM trials_firing WHERE purpose = 'complaints'",
    "DELETE FROM alerts_decision",
    "DELETE FROM alerts_sketch",
    "DELETE FROM dashboard_sighting WHERE purpose = 'complaints'",
    "DELETE FROM alerts_occurrence WHERE purpose = 'complaints'",
    "DELETE FROM alerts_alert WHERE purpose = 'complaints'",
    "DELETE FROM intake_refusedrow WHERE purpose = 'complaints'",
    "DELETE FROM institution_alarm",
    "DELETE FROM usersessions_usersession WHERE session_key = 'of-nobody'",
)


@contextmanager
def session(place, role, purposes=()):
    """A session of a role that sees some purposes; what it doesn't commit is taken back."""
    host, _, rest = place.rpartition(":")
    port, _, name = rest.partition("/")
    password = settings.DEPLOYMENT.secrets.roles[role]
    connection = psycopg.connect(
        host=host, port=port, dbname=name, user=f"lianfang_{role}", password=password
    )
    try:
        # Rather an error than a wait for a lock that another session of the test holds.
        connection.execute("SET lock_timeout = '10s'")
        if purposes:
            connection.execute(SEE, [",".join(purposes)])
        yield connection
    finally:
        connection.rollback()
        connection.close()


@contextmanager
def both_purposes(place):
    """Every table that is kept apart by purpose holds rows of both purposes meanwhile."""
    try:
        _run(place, COMPLAINTS)
        yield place
    finally:
        _run(place, CLEAR)


def numbers_of(place, purpose):
    """A number of each thing of a purpose that a URL may name, by the name it has there."""
    wanted = {
        "alarm_id": "institution_alarm",
        "person_id": "institution_user",
        "session_id": "usersessions_usersession",
        "alert_id": "alerts_alert",
        "endpoint_id": "clients_endpoint",
        "token_id": "clients_token",
        "decision_id": "alerts_decision",
        "delivery_id": "intake_delivery",
        "item_id": "intake_item",
        "number": "vault_personalvalue",
        "source": "intake_source",
        "source_id": "intake_source",
        "setting_id": "guidance_setting",
        "draft_id": "trials_draft",
        "run_id": "trials_run",
    }
    words = {"guide_id": "credit-repair", "feature_id": "names-repair", "form": "patch"}
    with session(place, "owner", [purpose]) as owner:
        return (
            {"pk": 0}
            | words
            | {
                name: owner.execute(f"SELECT min(id) FROM {table}").fetchone()[0]  # noqa: S608
                for name, table in wanted.items()
            }
        )


def _run(place, statements):
    with session(place, "owner", BOTH) as owner:
        for statement in statements:
            owner.execute(statement)
        owner.commit()
