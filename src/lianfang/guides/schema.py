"""JSON Schemas of the guide files, made from the types in `model`, used by the loader.

An editor that knows JSON Schema completes and checks a guide while it is written:
`lianfang guide schema guide > guide.schema.json`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import jsonschema_rs
import msgspec

from lianfang.errors import GuideError
from lianfang.guides.language import CONTACT_KINDS, NUMBER_KINDS
from lianfang.guides.model import Guide, Law, LexiconFile, SharedFile, SourcesFile

if TYPE_CHECKING:
    from lianfang.guides.yaml_lines import Document

FILES: dict[str, type[msgspec.Struct]] = {
    "guide": Guide,
    "shared": SharedFile,
    "lexicon": LexiconFile,
    "law": Law,
    "sources": SourcesFile,
}
T = TypeVar("T", bound=msgspec.Struct)
CONDITION = {"$ref": "#/$defs/Condition"}


def _keys(required: list[str], **properties: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _condition() -> dict[str, Any]:
    parts = {"type": "array", "minItems": 1, "items": CONDITION}
    operands = {"anyOf": [CONDITION, parts]}
    whole = {"type": "integer", "minimum": 0}
    operators = {
        "any": parts,
        "all": parts,
        "not": CONDITION,
        "near": _keys(["a", "b", "within"], a=operands, b=operands, within=whole),
        "order": _keys(["first", "then"], first=operands, then=operands, within=whole),
        "count": _keys(["of", "at_least"], of=operands, at_least={"type": "integer"}),
        "number": _keys(
            ["kind"],
            kind={"enum": list(NUMBER_KINDS)},
            at_least={"type": "number"},
            at_most={"type": "number"},
        ),
        "contact": {"type": "array", "minItems": 1, "items": {"enum": list(CONTACT_KINDS)}},
        "obfuscation": _keys(["at_least"], at_least={"type": "number"}),
    }
    return {
        "description": "A term, a set (@name), or one operator of the condition language.",
        "type": ["string", "object"],
        "minLength": 1,
        "properties": operators,
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
    }


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file, a name of `FILES`."""
    made: dict[str, Any] = msgspec.json.schema(FILES[name])
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    definitions = made["$defs"]
    if "Feature" in definitions:
        definitions["Condition"] = _condition()
        definitions["Feature"]["properties"]["when"] = CONDITION
    return made


@cache
def _validator(name: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema(name))


def errors(document: Document, name: str) -> list[GuideError]:
    """Everything in a file that its schema refuses, with the line of each."""
    return [
        GuideError(
            _what(error),
            where=document.where(tuple(error.instance_path)),
            do=f"see `lianfang guide schema {name}`",
        )
        for error in _validator(name).iter_errors(document.value)
    ]


def _what(error: jsonschema_rs.ValidationError) -> str:
    """What is wrong, with the keys that lead there: "`name.zh` is still empty"."""
    keys = ".".join(map(str, error.instance_path))
    name = f"`{keys}` " if keys else ""
    message = str(error.message)
    if message.startswith('"" '):
        return f"{name}is still empty"
    # Of a choice between shapes only the value is told, not every shape that it hasn't.
    value, choice, _ = message.partition(" is not valid under")
    return f"{name}{value[:300]}" + (" can't stand here" if choice else "")


def convert(document: Document, name: str, kind: type[T]) -> T:
    """The typed value of a file.

    Raises:
        GuideError: the first thing that the schema refuses.
    """
    for error in errors(document, name):
        raise error
    return msgspec.convert(document.value, kind)
