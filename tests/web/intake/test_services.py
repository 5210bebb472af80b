"""Files taken and worked through: what is new, what repeats, what is refused, what is damaged."""

from __future__ import annotations

import re

import pytest

from web.intake.samples import ACCOUNT, FILES, NAME, PARCELS, PHONE


def personal(told):
    return [value for value in (NAME, PHONE, ACCOUNT) if value in str(told)]


def counts(made):
    return tuple(made[name] for name in ("added", "repeated", "refused"))


def test_every_delivery_ends(worked):
    states = worked.rows("SELECT state, ended_at FROM intake_delivery")
    assert {row["state"] for row in states} == {"done", "failed", "mapping"}
    assert None not in {row["ended_at"] for row in states if row["state"] != "mapping"}
    left = worked.rows("SELECT * FROM procrastinate_jobs WHERE task_name = 'intake.process'")
    assert left == []


def test_a_file_is_taken_once_for_a_source(worked):
    first, again, others = (worked.told[name] for name in ("csv", "csv again", "csv for others"))
    assert (first["new"], again["new"], others["new"]) == (True, False, True)
    assert again["delivery"] == first["delivery"] != others["delivery"]
    # that it came again is recorded all the same
    arrivals = worked.rows(
        "SELECT name FROM vault_original WHERE source = 'csv' AND purpose = 'governance'"
        " AND sha256 = (SELECT sha256 FROM intake_delivery WHERE id = %s)",
        first["delivery"],
    )
    assert {row["name"] for row in arrivals} == {"rows.csv", "other name.csv"}


def test_what_was_told_before_is_counted_and_not_kept_again(worked, delivered):
    first, second = delivered("first"), delivered("second")
    assert counts(first) == (4, 0, 0)
    assert counts(second) == (2, 5, 0)  # two of the first file, three twice in this one
    texts = [item["text"] for made in (first, second) for item in made["items"]]
    assert len(texts) == len(set(texts)) == 6


def test_the_same_letter_of_another_person_is_another(delivered):
    assert counts(delivered("two people")) == (2, 0, 0)


@pytest.mark.parametrize("name", ["empty", "blank", "header"])
def test_nothing_in_a_file_is_no_fault(delivered, name):
    made = delivered(name)
    assert (made["state"], made["problem"], counts(made)) == ("done", "", (0, 0, 0))


def test_a_file_of_refused_rows_alone(delivered):
    made = delivered("refused")
    assert (made["state"], counts(made), made["items"]) == ("done", (0, 0, 2), [])
    few, wrong = made["refused_rows"]
    assert (few["row"], wrong["row"]) == (2, 3)
    assert few["reason"] == "2 fields where the header has 7"
    assert few["what_to_do"] == "fill in the missing fields"
    assert personal(made["refused_rows"]) == []


def test_rows_beside_a_refused_one_are_kept(delivered):
    made = delivered("some refused")
    assert counts(made) == (2, 0, 1)
    assert [item["row"] for item in made["items"]] == [3, 4]


def test_a_reason_quotes_no_personal_value(delivered):
    made = delivered("keys")
    assert counts(made) == (20, 0, 4)
    assert [row["row"] for row in made["refused_rows"]] == [21, 22, 23, 24]
    assert '"text" is a number, not a string' in made["refused_rows"][1]["reason"]
    assert personal(made["refused_rows"]) == []


def test_the_header_of_one_column_may_be_somebodys_text(delivered):
    made = delivered("one column")
    assert len(made["refused_rows"]) == 1
    assert personal(made["refused_rows"]) == []


def test_a_file_without_a_header_waits_for_somebody(delivered):
    made = delivered("no header")
    assert (made["state"], counts(made), made["problem"]) == ("mapping", (0, 0, 0), "")


def test_a_workbook_that_was_cut(delivered):
    made = delivered("cut workbook")
    assert (made["state"], counts(made)) == ("failed", (0, 0, 0))
    assert "not a workbook that can be read" in made["problem"]
    assert "save it again as .xlsx" in made["problem"]


def test_good_rows_before_the_damage_are_kept(delivered):
    made = delivered("damaged")
    assert made["state"] == "failed"
    after = int(re.search(r"damaged after row (\d+) ", made["problem"])[1])
    assert 8 < after <= 16
    assert counts(made) == (after, 0, 0)
    assert [item["row"] for item in made["items"]] == list(range(1, after + 1))


def test_originals_are_as_they_were_sent(worked):
    names = [name for name in FILES if worked.told[name]["new"]]
    assert len(names) == len(FILES)
    for name in names:
        sha256 = worked.delivery(worked.told[name]["delivery"])["sha256"]
        assert b"".join(worked.deployment.originals.open(sha256)) == PARCELS[name][4]


def test_the_worker_says_nothing_of_what_it_reads(worked):
    assert personal(worked.said) == []


def test_arrivals_and_their_sources_are_recorded(worked):
    events = worked.rows("SELECT what, count(*) AS n FROM core_event GROUP BY what")
    told = {row["what"]: row["n"] for row in events}
    assert told["original.capture"] == len(PARCELS)
    assert told["source.add"] == len({parcel[:3:2] for parcel in PARCELS.values()})
