from __future__ import annotations

from pathlib import Path

import pytest

from lianfang.errors import GuideError
from lianfang.guides import language as lang
from lianfang.guides.language import Found, Parser, names, walk
from lianfang.guides.yaml_lines import Document

DOCUMENT = Document(Path("f.yaml"), None, {("when",): 7})


def parse(value):
    return Parser(DOCUMENT).parse(value, ("when",))


@pytest.mark.parametrize(
    ("value", "node"),
    [
        ("词", Found(("词",))),
        ("@set", Found(("@set",))),
        ({"any": ["a", "@b"]}, Found(("a", "@b"))),
        ({"any": [{"any": ["a", "b"]}, "c"]}, Found(("a", "b", "c"))),
        ({"any": ["a", {"not": "b"}]}, lang.Either((Found(("a",)), lang.Not(Found(("b",)))))),
        ({"all": ["a", "b"]}, lang.All((Found(("a",)), Found(("b",))))),
        ({"all": ["a"]}, lang.All((Found(("a",)),))),
        ({"not": {"not": "a"}}, lang.Not(lang.Not(Found(("a",))))),
        (
            {"near": {"a": "x", "b": ["y", {"number": {"kind": "share"}}], "within": 12}},
            lang.Near((Found(("x",)),), (Found(("y",)), lang.Number("share")), 12),
        ),
        (
            {"order": {"first": "x", "then": "y"}},
            lang.Order((Found(("x",)),), (Found(("y",)),), None),
        ),
        (
            {"order": {"first": "x", "then": "y", "within": 0}},
            lang.Order((Found(("x",)),), (Found(("y",)),), 0),
        ),
        (
            {"count": {"of": ["x", {"contact": ["qq"]}], "at_least": 3}},
            lang.Count((Found(("x",)), lang.Contact(("qq",))), 3),
        ),
        (
            {"number": {"kind": "money", "at_least": 10, "at_most": 20}},
            lang.Number("money", 10.0, 20.0),
        ),
        ({"number": {"kind": "times"}}, lang.Number("times")),
        ({"contact": ["wechat", "phone"]}, lang.Contact(("wechat", "phone"))),
        ({"obfuscation": {"at_least": 0.05}}, lang.Obfuscation(0.05)),
    ],
)
def test_what_is_written_and_what_it_means(value, node):
    assert parse(value) == node


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (None, "exactly one operator"),
        (7, "exactly one operator"),
        ([], "exactly one operator"),
        ({}, "exactly one operator"),
        ({"any": ["a"], "all": ["b"]}, "exactly one operator"),
        ({"nearby": {}}, "unknown operator `nearby`"),
        ("", "an empty term"),
        ("  ", "an empty term"),
        ("@", "an empty term"),
        ({"any": []}, "needs a list"),
        ({"any": "a"}, "needs a list"),
        ({"all": ["a", ""]}, "an empty term"),
        ({"near": ["a", "b"]}, "needs named values"),
        ({"near": {"a": "x", "b": "y"}}, "lacks `within`"),
        ({"near": {"a": "x", "b": "y", "within": 3, "c": 1}}, "unknown key `c`"),
        ({"near": {"a": "x", "b": "y", "within": "3"}}, "not a number"),
        ({"near": {"a": "x", "b": "y", "within": True}}, "not a number"),
        ({"near": {"a": "x", "b": "y", "within": 201}}, "201 is out of range"),
        ({"near": {"a": {"not": "x"}, "b": "y", "within": 3}}, "only terms, sets"),
        ({"order": {"first": "x", "then": [], "within": 3}}, "needs a list"),
        ({"order": {"first": "x", "then": "y", "within": -1}}, "-1 is out of range"),
        ({"count": {"of": "@a", "at_least": 1}}, "1 is out of range"),
        ({"count": {"of": {"all": ["a"]}, "at_least": 2}}, "only terms, sets"),
        ({"number": {"kind": "weight"}}, "unknown kind `weight`"),
        ({"number": {"kind": ["money"]}}, "unknown kind"),
        ({"number": {"kind": "money", "at_least": "10"}}, "not a number"),
        ({"contact": []}, "needs a list of kinds"),
        ({"contact": "qq"}, "needs a list of kinds"),
        ({"contact": ["fax"]}, "unknown kind `fax`"),
        ({"obfuscation": {"at_least": 0}}, "0 is out of range"),
        ({"obfuscation": {}}, "lacks `at_least`"),
    ],
)
def test_what_is_refused_is_told_with_its_line(value, what):
    with pytest.raises(GuideError) as caught:
        parse(value)
    assert what in caught.value.what
    assert caught.value.where == "f.yaml:7"
    assert caught.value.do


def test_every_operator_is_in_the_module_s_table():
    assert all(f"{name}:" in lang.__doc__ for name in lang.OPERATORS)


def test_walk_and_names_reach_every_part():
    when = {
        "any": [
            {"all": ["a", {"not": "@b"}]},
            {"near": {"a": "c", "b": ["d", "@e"], "within": 3}},
            {"order": {"first": "f", "then": "g"}},
            {"count": {"of": ["@h", "i"], "at_least": 2}},
            {"number": {"kind": "money"}},
        ]
    }
    node = parse(when)
    assert names(node) == {"a", "@b", "c", "d", "@e", "f", "g", "@h", "i"}
    assert sum(isinstance(part, lang.Number) for part in walk(node)) == 1
