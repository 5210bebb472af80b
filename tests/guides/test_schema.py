from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import msgspec
import pytest

from lianfang.errors import GuideError
from lianfang.guides.language import OPERATORS
from lianfang.guides.library import Library, shipped
from lianfang.guides.model import Guide
from lianfang.guides.schema import FILES, convert, errors, schema
from lianfang.guides.yaml_lines import Document, read_yaml

FILE_OF = {
    "guide": "loan-scam/guide.yaml",
    "shared": "shared/shared.yaml",
    "lexicon": "lexicon/lexicon.yaml",
    "law": "law/some-law.yaml",
    "sources": "shared/sources.yaml",
}


def of(value, lines=None):
    return Document(Path("f.yaml"), value, lines or {})


def told(value, name):
    return [error.what for error in errors(of(value), name)]


@pytest.mark.parametrize("name", FILES)
def test_each_is_a_schema_of_its_draft_and_can_be_written_as_json(name):
    made = schema(name)
    jsonschema_rs.Draft202012Validator(made)
    assert made["$schema"].endswith("2020-12/schema")
    assert json.loads(json.dumps(made))["$ref"] == made["$ref"]


@pytest.mark.parametrize("name", FILES)
def test_a_right_file_fits(make_library, tmp_path, name):
    make_library(tmp_path)
    document = read_yaml(tmp_path / FILE_OF[name])
    assert errors(document, name) == []
    assert isinstance(convert(document, name, FILES[name]), FILES[name])


def test_all_errors_are_told_with_their_lines():
    lines = {("id",): 3, ("sets",): 1}
    found = errors(of({"id": "A B", "version": 1}, lines), "law")
    assert len(found) > 3
    assert "f.yaml:3" in [error.where for error in found]
    assert all(error.do == "see `lianfang guide schema law`" for error in found)


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ({"sets": [{"id": ""}]}, "`sets.0.id` is still empty"),
        ({"sets": [{"label": {"zh": "", "en": "a"}}]}, "`sets.0.label.zh` is still empty"),
        ({"sets": [{"id": "B"}]}, '`sets.0.id` "B" does not match'),
        ({"sets": [{"terms": [7]}]}, "`sets.0.terms.0` 7 is not of type"),
        ({"sets": [{"variants": {"a": 7}}]}, "`sets.0.variants.a` 7 is not of type"),
        ({"sets": [], "more": 1}, "'more' was unexpected"),
        (None, "null is not of type"),
        ([], "[] is not of type"),
    ],
)
def test_what_is_told(value, what):
    assert [found for found in told(value, "lexicon") if what in found]


def test_a_choice_between_shapes_tells_the_value(make_library):
    feature = make_library.feature(stance="sell")
    assert told({"features": [feature]}, "shared") == [
        '`features.0.stance` "sell" can\'t stand here'
    ]


@pytest.mark.parametrize(
    "when",
    [
        "词",
        {"any": ["a", {"not": "b"}]},
        {"near": {"a": "x", "b": ["y", {"contact": ["qq"]}], "within": 12}},
        {"order": {"first": "x", "then": "y"}},
        {"count": {"of": "@a", "at_least": 2}},
        {"number": {"kind": "share", "at_least": 0.5}},
        {"obfuscation": {"at_least": 0.05}},
    ],
)
def test_conditions_that_fit(make_library, when):
    assert told({"features": [make_library.feature(when=when)]}, "shared") == []


@pytest.mark.parametrize(
    "when",
    [
        "",
        7,
        {},
        {"any": []},
        {"any": ["a"], "all": ["b"]},
        {"nearby": "a"},
        {"near": {"a": "x", "b": "y"}},
        {"number": {"kind": "weight"}},
        {"contact": ["fax"]},
        {"all": [{"not": {"count": {"of": "@a"}}}]},
    ],
)
def test_conditions_that_do_not(make_library, when):
    assert told({"features": [make_library.feature(when=when)]}, "shared")


def test_the_schema_knows_every_operator():
    assert set(schema("guide")["$defs"]["Condition"]["properties"]) == set(OPERATORS)


def test_convert_raises_the_first_error():
    with pytest.raises(GuideError, match="is a required property"):
        convert(of({}), "guide", Guide)


def test_what_fits_the_schema_always_converts(make_library, tmp_path):
    """The schema is what users see; it may not promise more than the types hold."""
    make_library(tmp_path)
    guide = read_yaml(tmp_path / FILE_OF["guide"]).value
    for key in guide:
        for value in (None, 0, "x", [], [""], {}, "1.0.0"):
            document = of({**guide, key: value})
            if not errors(document, "guide"):
                msgspec.convert(document.value, Guide)


def test_the_shipped_files_fit():
    library = Library(shipped())
    documents = [(d, "guide") for d in library.guide_documents.values()]
    documents += [(d, "lexicon") for d in library.lexicon_documents]
    documents += [(d, "law") for d in library.law_documents.values()]
    documents += [(d, "shared") for d in library.shared_documents]
    assert [str(error) for d, name in documents for error in errors(d, name)] == []
