from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.files import csv_records
from lianfang.files.csv_records import read_records


def records(text: str) -> list[list[str] | str]:
    """Return fields of good records, the raw text of bad ones."""
    found = read_records(iter(text.splitlines(keepends=True)), ",", 1 << 20)
    return [r.raw if r.problem else r.fields for r in found]


def test_an_open_quote_costs_one_line_where_the_next_quote_betrays_it():
    assert records('1,"a\n2,"b"\n3,c\n') == ['1,"a\n', ["2", "b"], ["3", "c"]]


def test_an_open_quote_costs_one_line_where_the_file_ends():
    rows = [[str(n), "x"] for n in range(2, 500)]
    text = '1,"a\n' + "".join(f"{n},x\n" for n, _ in rows)
    assert records(text) == ['1,"a\n', *rows]


def test_an_open_quote_costs_one_line_in_a_long_file(monkeypatch):
    monkeypatch.setattr(csv_records, "RECORD_LINES", 50)
    rows = [[str(n), "x"] for n in range(500)]
    assert records('1,"a\n' + "".join(f"{n},x\n" for n, _ in rows)) == ['1,"a\n', *rows]


def test_a_record_is_bounded_in_characters(monkeypatch):
    monkeypatch.setattr(csv_records, "RECORD_CHARS", 100)
    good = '"' + "y\n" * 40 + '",1\n'
    bad = '"' + "x" * 60 + "\n" + "x" * 60 + "\n"
    result = records(good + bad + "z,2\n")
    assert result == [["y\n" * 40, "1"], '"' + "x" * 60 + "\n", ["x" * 60], ["z", "2"]]


def test_a_record_of_ten_thousand_lines_is_read():
    text = '"' + "x\n" * 9_999 + '",1\n'
    assert records(text) == [["x\n" * 9_999, "1"]]


def test_a_record_of_more_lines_is_not(monkeypatch):
    text = '"' + "x\n" * 10_000 + '",1\nlast,2\n'
    result = records(text)
    assert result[0] == '"x\n'
    assert result[-1] == ["last", "2"]
    assert len(result) == 10_002


def test_a_lone_quote_inside_a_quoted_field_is_a_problem_of_its_line():
    assert records('"he said "hi"",1\nb,2\n') == ['"he said "hi"",1\n', ["b", "2"]]
    assert records('he said "hi",1\n') == [['he said "hi"', "1"]]


def test_the_problem_names_the_line_in_the_file():
    lines = iter(['"a\n', 'b"\n', '"c\n', "d\n"])
    good, bad, _ = read_records(lines, ",", 100, first_line=4)
    assert good.problem is None
    assert bad.problem is not None
    assert bad.problem[0] == "a quote opened on line 6 isn't closed properly"


def test_every_line_is_part_of_just_one_record():
    text = '1,"a\nb\n"c",d\n\n"e\nf",g\n"h\n'
    found = list(read_records(iter(text.splitlines(keepends=True)), ",", 100))
    assert "".join(record.raw for record in found) == text


@given(st.text('",\n\ra', max_size=60))
def test_no_line_is_lost_or_read_twice(text):
    lines = io.StringIO(text, newline="\n").readlines()
    found = list(read_records(iter(lines), ",", 100))
    assert "".join(record.raw for record in found) == text
    problems = [record for record in found if record.problem]
    assert all(len(record.lines) == 1 for record in problems)
    if not problems:
        assert [record.fields for record in found] == list(csv.reader(lines, strict=True))


@pytest.mark.slow
def test_a_file_of_nothing_but_open_quotes_takes_no_square_time():
    # Each of these lines opens a quote, and inside a quote none closes it.
    begun = time.monotonic()
    result = records('x","""\n' * 100_000)
    assert time.monotonic() - begun < 15
    assert len(result) == 100_000
