"""An auditor reads all and changes nothing."""

from __future__ import annotations

import pytest
from django.db import connection

from postgres import both_purposes, numbers_of
from site_urls import marked

CHANGED = """
SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""
OWN = {"django_session", "usersessions_usersession", "core_cache"}
"""Of the auditor's own visit."""
OWN_URLS = {"end_session", "end_other_sessions"}
"""Of the auditor's own account."""
SENT = {
    "after": "unsure", "reason": "why", "why": "because of it", "note": "looked into it",
    "role": "auditor", "purposes": "governance", "name": "n", "kind": "post", "basis": "b",
    "purpose": "governance", "username": "new.one", "usual": "on", "active": "1",
}  # fmt: skip


@pytest.fixture(scope="module")
def numbers(loaded):
    with both_purposes(loaded):
        yield [numbers_of(loaded, purpose) for purpose in ("governance", "complaints")]


def changes():
    """Rows that this transaction has written, by table."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED)
        return {table: count for table, count in cursor.fetchall() if table not in OWN}


def test_no_url_takes_anything_from_an_auditor(browser, numbers):
    client = browser("auditor")
    before = changes()
    for url in marked().values():
        if url.name in OWN_URLS:
            continue
        for named in numbers:
            status = client.post(url.filled(named), SENT).status_code
            assert status < 500, (url.name, status)
            assert changes().items() - before.items() <= exports(before), url.name


def exports(before):
    """An export is on record, whoever makes it and however it is asked for."""
    return {("core_event", before.get("core_event", 0) + more) for more in range(5)}


def test_an_auditor_sees_what_the_others_do(browser, numbers):
    client = browser("auditor")
    for path in ("/alerts/?state=", "/intake/", "/audit/", "/audit/alarms/", "/people/"):
        assert client.get(path).status_code == 200, path
