"""Any two characters are found, by an index, and within the purposes of the session alone."""

from __future__ import annotations

import json
import re

import psycopg
import pytest
from django.conf import settings
from psycopg import errors

from lianfang.web.operations import administrator
from postgres import session
from web.alerts.many import many

PLANTED = {
    "disguised": "专业 征❤信❤修❤复，包过",
    "traditional": "專業辦理退舊保單，請聯繫我",
    "latin": "加 WeChat 咨询，ＡＢＣ贷款",
    "apart": "征信不好，信修无门，修复机器",
    "token": "电话⟦phone:7⟧联系",
}
ROWS = 3000
SEARCH = "SELECT search_items(%s, %s, NULL, false, 30)"


def pairs(said):
    from lianfang.web.intake.bigrams import bigrams

    return bigrams(said).tolist()


@pytest.fixture(scope="module")
def filled(loaded):
    common = [("governance", f"第{n}次去公园，看见{chr(0x4E00 + n)}") for n in range(ROWS)]
    planted = [("governance", text) for text in PLANTED.values()]
    others = [("complaints", "投诉人说蛟龙的事")]
    with many(loaded, [*common, *planted, *others]) as place:
        yield place


@pytest.fixture
def found(filled, sees_all):
    """Return a function: the texts that are found, the newest first."""
    from lianfang.web.alerts.searching import search

    return lambda asked, **told: [
        one.item.text for one in search(asked, **{"alerts_only": False, "size": 30} | told)
    ]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("征信修复", "disguised"),
        ("征 信", "disguised"),
        ("专业办理", "traditional"),
        ("退舊保單", "traditional"),
        ("旧保", "traditional"),
        ("wechat", "latin"),
        ("ECHA", "latin"),
        ("abc贷", "latin"),
        ("ａｂ", "latin"),
        ("信修无", "apart"),
    ],
)
def test_found_in_any_spelling(found, asked, name):
    assert PLANTED[name] in found(asked)


def test_pairs_alone_dont_make_a_hit(found):
    """All pairs of 征信修复 stand in it, and never side by side."""
    assert PLANTED["apart"] not in found("征信修复")


@pytest.mark.parametrize("asked", ["phone", "phone:7", "one:7⟧联系"])
def test_what_stands_for_a_value_isnt_text(found, asked):
    assert PLANTED["token"] not in found(asked)


def test_the_newest_come_first_and_go_on(filled, sees_all):
    from lianfang.web.alerts.searching import search

    first = search("公园", alerts_only=False, size=20)
    then = search("公园", alerts_only=False, size=20, before=first[-1].item.pk)
    numbers = [one.item.pk for one in [*first, *then]]
    assert len(set(numbers)) == 40
    assert numbers == sorted(numbers, reverse=True)
    assert all(one.occurrence for one in first)


def test_items_without_an_alert_are_found_unless_alerts_are_asked_for(found, filled, sees_all):
    assert any("今天天气真好" in text for text in found("天气真好"))
    assert found("天气真好", alerts_only=True) == []


def test_a_word_in_disguise_is_found_by_what_it_means(filled, sees_all):
    """征❤修复: the sign stands for a character, and screening has undone it."""
    from lianfang.web.alerts.searching import search

    found = search("征信修复", alerts_only=True, size=30)
    [one] = [one for one in found if "征❤修复" in one.item.text]
    assert [one.item.text[start:end] for start, end in one.spans] == ["征❤修复"]


def test_where_it_stands_is_told_in_the_text_as_it_was_written(filled, sees_all):
    from lianfang.web.alerts.searching import search

    [one] = [one for one in search("征信修复", alerts_only=False, size=30)
             if one.item.text == PLANTED["disguised"]]  # fmt: skip
    assert [one.item.text[start:end] for start, end in one.spans] == ["征❤信❤修❤复"]


@pytest.mark.parametrize(
    "asked", ["", " ", "征", "征 ", "a", "！！", "a b", "\0征", "，信，", "⟦phone:7⟧"]
)
def test_one_character_is_too_few(filled, sees_all, asked):
    from lianfang.web.alerts.searching import TooShortError, search

    with pytest.raises(TooShortError):
        search(asked, alerts_only=False, size=30)


@pytest.mark.parametrize("asked", ["13812340000", "找 13812340000 的人", "a@example.com"])
def test_personal_values_arent_searched(filled, sees_all, asked):
    from lianfang.web.alerts.searching import PersonalError, search

    with pytest.raises(PersonalError):
        search(asked, alerts_only=False, size=30)


def test_a_session_finds_its_purposes_alone(filled):
    for purposes, wanted in ((["complaints"], 1), (["governance"], 0), ([], 0)):
        with session(filled, "staff", purposes) as staff:
            assert len(staff.execute(SEARCH, [pairs("蛟龙"), "蛟龙"]).fetchall()) == wanted
    with session(filled, "staff", ["complaints"]) as staff:
        assert staff.execute(SEARCH, [pairs("公园"), "公园"]).fetchall() == []


@pytest.mark.parametrize("role", ["worker", "portal", "backup"])
def test_staff_alone_may_search(filled, role):
    # To whom the schema is closed, it isn't even there.
    refused = pytest.raises((errors.InsufficientPrivilege, errors.UndefinedFunction))
    with session(filled, role, ["governance"]) as other, refused:
        other.execute(SEARCH, [pairs("公园"), "公园"])


def test_nobody_signs_in_as_the_function_or_becomes_it(filled):
    with session(filled, "owner") as owner:
        asked = "SELECT rolcanlogin, rolpassword IS NULL FROM pg_roles WHERE rolname = %s"
        assert owner.execute(asked, ["lianfang_search"]).fetchone()[0] is False
    for role in ("staff", "worker", "owner"):
        with session(filled, role) as one, pytest.raises(errors.InsufficientPrivilege):
            one.execute("SET ROLE lianfang_search")


def test_the_function_reads_nothing_but_what_it_needs(filled):
    asked = """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
               AND relkind = 'r' AND has_table_privilege('lianfang_search', oid, %s) ORDER BY 1"""
    with session(filled, "owner") as owner:
        read = owner.execute(asked, ["SELECT"]).fetchall()
        assert read == [("alerts_occurrence",), ("intake_item",)]
        assert owner.execute(asked, ["INSERT, UPDATE, DELETE, TRUNCATE"]).fetchall() == []


def test_nothing_that_a_session_sets_leads_the_function_astray(filled):
    with session(filled, "staff", ["governance"]) as staff:
        staff.execute("SET search_path = pg_temp, public")
        assert staff.execute(SEARCH, [pairs("公园"), "公园"]).fetchall()
        for told in ("", "%", "governance complaints", "{complaints}"):
            staff.execute("SELECT set_config('lianfang.purposes', %s, false)", [told])
            assert staff.execute(SEARCH, [pairs("蛟龙"), "蛟龙"]).fetchall() == []


def test_no_pairs_and_no_bound_are_refused(filled):
    with session(filled, "staff", ["governance"]) as staff:
        for some, most in (([], 30), ([1], 1001), ([1], None), (None, 30)):
            with pytest.raises(errors.RaiseException), staff.transaction():
                staff.execute("SELECT search_items(%s::int[], '', NULL, false, %s)", [some, most])


def scans(place):
    """How often the index of pairs was used."""
    with session(place, "owner") as owner:
        asked = "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'item_bigrams'"
        return owner.execute(asked).fetchone()[0]


def test_a_search_of_staff_uses_the_index(filled):
    before = scans(filled)
    with session(filled, "staff", ["governance"]) as staff:
        assert staff.execute(SEARCH, [pairs("征信修复"), "征信修复"]).fetchall()
        staff.commit()
        staff.execute("SELECT pg_stat_force_next_flush()")
        staff.commit()
    assert scans(filled) == before + 1


def plan(connection, query):
    return json.dumps(connection.execute(f"EXPLAIN (FORMAT JSON) {query}").fetchone()[0])


def test_staff_alone_would_read_every_row_and_the_function_does_not(filled):
    """Why there is a function: under a policy `@>` isn't asked of the index."""
    with session(filled, "staff", ["governance"]) as staff:
        told = plan(staff, "SELECT id FROM intake_item WHERE bigrams @> '{1,2}'")
        assert "item_bigrams" not in told
        body = staff.execute("SELECT prosrc FROM pg_proc WHERE proname = 'search_items'")
        *_, query = re.findall(r"RETURN QUERY(.+?);", body.fetchone()[0], re.DOTALL)
    for name, value in (("pairs", "'{1,2}'::integer[]"), ("whole", "'征信修'"), ("most", "30"),
                        ("before", "NULL::bigint"), ("alerts_only", "false")):  # fmt: skip
        query = re.sub(rf"\b{name}\b", value, query)
    name = filled.rpartition("/")[2]
    with psycopg.connect(administrator(settings.DEPLOYMENT, filled, name)) as server:
        server.execute("SET ROLE lianfang_search")
        assert "item_bigrams" in plan(server, query)
