"""Rows of files of every format, as they're committed once a real worker has kept them."""

from __future__ import annotations

import re

import pytest

from web.intake.samples import ACCOUNT, FAKE, LONG, NAME, PARK, PHONE, STRANGE

TOKEN = re.compile(r"⟦[a-z-]+:\d+⟧")
TABLES = ["csv", "gb18030", "jsonl", "parquet"]


def kinds(text):
    return re.sub(r":\d+⟧", "⟧", text)


SHOWN = "专业征❤修复，先办后付，加薇 ⟦wechat⟧，找⟦name⟧，⟦phone⟧，⟦account⟧敬上"


@pytest.mark.parametrize("name", TABLES)
def test_columns_land_in_their_fields(delivered, name):
    made = delivered(name)
    offer, chat = made["items"][:2]
    assert made["state"] == "done"
    assert (made["problem"], made["share"], made["refused"]) == ("", 1.0, 0)
    assert kinds(offer["text"]) == SHOWN
    assert offer["platform"] == "甲平台"
    assert (offer["url"], offer["published"]) == ("https://a.example/1", "2026-10-02 10:11")
    assert kinds(offer["account"]) == "⟦account⟧"
    assert TOKEN.findall(offer["text"])[-1] == offer["account"]
    assert offer["suspect"] is True
    assert (chat["text"], chat["platform"], chat["suspect"]) == (PARK, "乙平台", False)
    assert kinds(chat["account"]) == "⟦account⟧"
    assert chat["account"] != offer["account"]
    first = 1 if name in ("jsonl", "parquet") else 2  # a table's header is its first row
    assert [offer["row"], chat["row"]] == [first, first + 1]


def test_the_same_value_has_one_number_in_all_files_of_a_purpose(delivered):
    texts = {delivered(name)["items"][0]["text"] for name in [*TABLES, "message"]}
    assert len(texts) == 1
    assert delivered("csv for others")["items"][0]["text"] not in texts


def test_a_rare_character_of_gb18030(delivered):
    assert [item["text"] for item in delivered("gb18030")["items"]][2] == "𠮷"


def test_numbers_and_dates_of_a_workbook(delivered):
    (item,) = delivered("xlsx")["items"]
    assert item["published"] == "2026-10-02T10:11:00"
    assert str(LONG) not in item["text"]
    assert kinds(item["account"]) == "⟦account⟧"
    assert item["text"].endswith(item["account"])
    assert ACCOUNT in item["text"]  # no column tells it here


def test_a_text_file_has_nothing_beside_the_text(delivered):
    made = delivered("txt")
    said, park = made["items"]
    assert kinds(said["text"]) == SHOWN.replace("⟦name⟧", NAME).replace("⟦account⟧", ACCOUNT)
    assert (park["text"], park["row"]) == (PARK, 3)
    assert {said[field] for field in ("platform", "account", "url", "published")} == {""}


@pytest.mark.parametrize(("name", "url"), [("letter", ""), ("message", "https://a.example/1")])
def test_each_kind_has_its_columns(delivered, name, url):
    item = delivered(name)["items"][0]
    assert (item["url"], kinds(item["text"])) == (url, SHOWN)


def test_what_a_database_does_not_take_is_replaced(delivered):
    made = delivered("strange")
    texts = [item["text"] for item in made["items"]]
    assert (made["state"], made["problem"], len(texts)) == ("done", "", len(STRANGE))
    assert texts[0].startswith("专业征␀信修复")
    assert texts[1].startswith("专业征信�修复")
    assert kinds(texts[3]) == "␀�⟦phone⟧"
    assert texts[4] == "␀"
    assert made["items"][3]["published"] == "�"


def test_nobody_can_write_a_token(delivered):
    item = delivered("strange")["items"][2]
    assert FAKE not in item["text"]
    assert kinds(item["text"]) == "专业征信修复〚phone:1〛，加微信⟦phone⟧，不成功不收费"
    assert kinds(item["account"]) == "⟦account⟧"


def test_a_value_that_is_cut_is_no_half_token(delivered):
    item = delivered("strange")["items"][5]
    for field in ("text", "account", "url"):
        assert item[field].count("⟦") == len(TOKEN.findall(item[field]))
        assert PHONE[:8] not in item[field]


def test_no_text_of_any_file_is_left_in_the_clear(worked):
    rows = worked.rows(
        "SELECT i::text AS row FROM intake_item i JOIN intake_source s ON s.id = source_id"
        " WHERE s.name NOT IN ('txt', 'xlsx')"  # theirs don't tell the account
    )
    said = "".join(row["row"] for row in rows)
    assert rows
    assert PHONE not in said
    assert NAME not in said
    assert ACCOUNT not in said
    assert "wkx58221" not in said


def test_spans_are_those_of_the_text(worked):
    spans = 0
    for item in worked.rows("SELECT text, verdict FROM intake_item"):
        verdict = item["verdict"]
        marks = [span for hit in verdict.get("features", []) for span in hit["spans"]]
        marks += [*verdict.get("rewritings", []), *filter(None, [verdict.get("decided_by")])]
        for mark in marks:
            assert mark["text"]
            assert item["text"][mark["start"] : mark["end"]] == mark["text"]
        spans += len(marks)
    assert spans > 20
