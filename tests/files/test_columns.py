from __future__ import annotations

import pytest

from lianfang.errors import InputError
from lianfang.files.columns import Columns, choose
from lianfang.files.rows import Plan

PLAN = Plan("f.csv")


@pytest.mark.parametrize(
    "name", ["text", " Text ", "内容", "投诉内容\u3000", "\ufeffMESSAGE", "body"]
)
def test_usual_names(name):
    assert choose(["编号", name, "x"], PLAN) == Columns(1, 0, name)


def test_the_order_of_the_usual_names_decides():
    assert choose(["内容", "text"], PLAN).text == 1


def test_a_single_column_is_the_text_even_when_called_id():
    assert choose(["id"], PLAN) == Columns(0, None, "id")


def test_named_columns():
    plan = Plan("f.csv", text_column="描述", id_column="CODE")
    assert choose(["id", "text", "code", "描述"], plan) == Columns(3, 2, "描述")


@pytest.mark.parametrize(
    ("plan", "what", "do"),
    [
        (PLAN, 'no text column; the columns are "a", "b"', "name it with --text-column"),
        (
            Plan("f.csv", text_column="c"),
            'no text column called "c"; the columns are "a", "b"',
            "name it with --text-column",
        ),
        (
            Plan("f.csv", text_column="a", id_column="c"),
            'no id column called "c"; the columns are "a", "b"',
            "name it with --id-column",
        ),
    ],
)
def test_a_missing_column_is_told(plan, what, do):
    with pytest.raises(InputError) as caught:
        choose(["a", "b"], plan)
    assert (caught.value.what, caught.value.where, caught.value.do) == (what, "f.csv", do)


def test_a_named_column_is_wanted_even_where_there_is_just_one():
    with pytest.raises(InputError, match='called "text"'):
        choose(["a"], Plan("f.csv", text_column="text"))
