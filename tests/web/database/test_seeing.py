from __future__ import annotations

import pytest
from django.apps import apps
from django.db import DataError, connection, transaction

from lianfang.web.database.seeing import seeing


def seen():
    """The purposes of the items that this session sees."""
    return set(apps.get_model("intake.Item").objects.values_list("purpose", flat=True))


def said():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lianfang.purposes', true)")
        return cursor.fetchone()[0] or ""


def broken():
    """A statement that fails."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def test_nothing_by_default(db):
    assert said() == ""
    assert seen() == set()


def test_the_purposes_that_are_named_and_only_within(db):
    with seeing(["governance"]):
        assert seen() == {"governance"}
    assert seen() == set()
    with seeing(iter(["governance", "complaints"])):
        assert seen() == {"governance", "complaints"}
    with seeing([]):
        assert seen() == set()


def test_the_inner_one_counts_and_adds_nothing(db):
    with seeing(["governance"]):
        with seeing(["complaints"]):
            assert seen() == {"complaints"}
            with seeing([]):
                assert seen() == set()
            assert seen() == {"complaints"}
        assert seen() == {"governance"}
    assert seen() == set()


def test_an_error_restores_what_was_before(db):
    with seeing(["governance"]):
        with pytest.raises(KeyError), seeing(["complaints"]):
            raise KeyError
        assert seen() == {"governance"}
    assert said() == ""


def test_a_failed_statement_in_a_transaction_within(loaded):
    with seeing(["governance"]):
        with pytest.raises(DataError), seeing(["complaints"]), transaction.atomic():
            broken()
        assert seen() == {"governance"}
    assert said() == ""


def test_a_failed_statement_in_a_transaction_around(loaded):
    with seeing(["governance"]):
        with pytest.raises(DataError), transaction.atomic(), seeing(["complaints"]):
            broken()
        assert seen() == {"governance"}
    assert said() == ""


def test_a_transaction_taken_back_takes_the_setting_back(loaded):
    with seeing(["governance"]):
        with transaction.atomic(), seeing(["complaints"]):
            transaction.set_rollback(True)
        assert seen() == {"governance"}
    assert said() == ""


def test_a_connection_made_anew_within_sees_nothing(loaded):
    with seeing(["governance"]):
        connection.close()
        assert seen() == set()
    assert said() == ""


@pytest.mark.parametrize("name", ["'; RESET ALL; --", "%", "*", "governance'"])
def test_a_name_is_data_and_no_statement(db, name):
    with seeing([name]):
        assert said() == name
        assert seen() == set()
