"""A month of texts goes in, and none of its personal values is anywhere afterwards."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import NamedTuple

import pytest
from bench.month.generate import write
from bench.month.model import Month

from web.intake.deployed import deployed

ITEMS, SEED = 400, 1
SENT = {
    "posts.csv": ("post", "governance"),
    "messages.csv": ("message", "anti-telecom-fraud"),
    "calls.jsonl": ("call", "complaints"),
    "letters.jsonl": ("letter", "complaints"),
}
AROUND = 30
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


class Value(NamedTuple):
    kind: str
    written: str


def values(folder):
    """What must be nowhere: numbers and handles as written and plain; what columns tell."""
    found = json.loads((folder / "personal.json").read_text(encoding="utf-8"))
    made = {
        Value(one["kind"], form)
        for one in found
        for form in (one["value"], one["plain"])
        if one["kind"] != "name"  # in a free text nothing says that it's one
    }
    messages = (folder / "messages.csv").read_text(encoding="gb18030")
    made |= {Value("sender", row["号码"]) for row in csv.DictReader(io.StringIO(messages))}
    posts = (folder / "posts.csv").read_text(encoding="utf-8-sig")
    made |= {Value("poster", row["账号"]) for row in csv.DictReader(io.StringIO(posts))}
    calls = (folder / "calls.jsonl").read_text(encoding="utf-8")
    for line in (folder / "letters.jsonl").read_text(encoding="utf-8").splitlines():
        letter = json.loads(line)
        made |= {Value(kind, letter[kind]) for kind in ("name", "phone", "account")}
    free = messages + posts + calls  # somebody else's text may tell the same name
    return sorted(one for one in made if not _everyday(one, free))


def _everyday(one, free):
    """A name that another's free text tells, or one who calls himself by a word, such as 慢慢."""
    if one.kind == "name":
        return one.written in free
    return one.kind == "poster" and not any(map(str.isdigit, one.written))


class Place(NamedTuple):
    """Where something is written: a row of a table, a file, what a program said."""

    name: str
    text: str


def rows(made):
    """Every row of every table, all columns as text."""
    with made.connect() as connection:
        for (table,) in connection.execute(TABLES).fetchall():
            query = f'SELECT t::text FROM "{table}" t'  # noqa: S608  names of our own tables
            for (row,) in connection.execute(query):
                yield Place(table, row)


def files(made):
    """Every file of the deployment but what is sealed, and what the database keeps itself."""
    for path in made.home.rglob("*"):
        inside = path.relative_to(made.home).parts[0]
        if path.is_file() and inside not in ("originals", "postgres"):
            yield Place(str(path), path.read_text(encoding="utf-8", errors="replace"))


def leaks(places, wanted):
    """Values found in places, with what stands around them."""
    for place in places:
        for value in wanted:
            at = place.text.find(value.written)
            if at >= 0:
                around = place.text[max(at - AROUND, 0) : at + len(value.written) + AROUND]
                yield value.kind, value.written, place.name, around


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    """The files of a month, and the deployment that has worked them through."""
    folder = tmp_path_factory.mktemp("month")
    write(folder, SEED, Month(date(2026, 10, 1), 31), ITEMS)
    with deployed() as made:
        made.send(*(
            (name, kind, purpose, name, (folder / name).read_bytes())
            for name, (kind, purpose) in SENT.items()
        ))  # fmt: skip
        made.said = made.work()
        yield folder, made


@pytest.mark.slow
def test_every_text_is_kept(month):
    _, made = month
    deliveries = made.rows("SELECT state, problem, added, repeated, refused FROM intake_delivery")
    assert {(row["state"], row["problem"], row["refused"]) for row in deliveries} == {
        ("done", "", 0)
    }
    assert sum(row["added"] + row["repeated"] for row in deliveries) == ITEMS


@pytest.mark.slow
def test_values_are_in_no_table(month):
    folder, made = month
    wanted = values(folder)
    assert len({value.kind for value in wanted}) == 11, wanted
    assert list(leaks(rows(made), wanted)) == []


@pytest.mark.slow
def test_values_are_in_no_file_and_no_log(month):
    folder, made = month
    places = [Place("worker", made.said), *files(made)]
    assert any(place.name.endswith("postgres.log") for place in places)
    assert list(leaks(places, values(folder))) == []


@pytest.mark.slow
def test_the_sealed_files_tell_nothing(month):
    folder, made = month
    sealed = [path for path in made.home.glob("originals/*/*/*") if path.is_file()]
    assert len(sealed) == len(SENT)
    for path in sealed:
        content = path.read_bytes()
        assert not any(value.written.encode() in content for value in values(folder))
