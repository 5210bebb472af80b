"""The page that tells of the API, from its own document."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import render
from django.urls import reverse

from lianfang.web.api import api
from lianfang.web.institution.rights import needs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

EXAMPLES = {
    "screen": """-H 'Content-Type: application/json' \\
  -d '{"texts": ["专业征信修复，不成功不收费", "今天天气真好"]}'""",
    "send": "-H 'Idempotency-Key: posts-2026-10-02' -F file=@posts.csv",
    "delivery": "",
    "alerts": "-G -d queue=act -d state=open -d limit=50",
    "alert": "",
    "decide": """-H 'Content-Type: application/json' \\
  -d '{"after": "rejected", "reason": "正常广告"}'""",
}


class Field(NamedTuple):
    """A parameter or field; `place` is where a parameter stands."""

    name: str
    type: str
    needed: bool
    place: str = ""


class Shown(NamedTuple):
    """An operation, as the page shows it."""

    id: str
    method: str
    path: str
    says: str
    scope: str
    parameters: list[Field]
    bodies: list[tuple[str, str]]
    answers: list[tuple[str, str]]
    example: str


class Record(NamedTuple):
    """A record, as the page shows it."""

    name: str
    says: str
    fields: list[Field]


@needs("home")
def reference(request: HttpRequest) -> HttpResponse:
    """Operations and records of the API, with examples."""
    document, host = _document(), request.build_absolute_uri("/").rstrip("/")
    operations = [
        _operation(path, method, said, host)
        for path, methods in document["paths"].items()
        for method, said in methods.items()
    ]
    schemas = document["components"]["schemas"]
    records = [_record(name, said) for name, said in schemas.items() if name != "Filters"]
    return render(request, "clients/reference.html", {"operations": operations, "records": records})


@cache
def _document() -> dict[str, Any]:
    made: dict[str, Any] = api.get_openapi_schema(path_prefix=reverse("api:api-root"))
    return made


def _operation(path: str, method: str, said: dict[str, Any], host: str) -> Shown:
    bodies = said.get("requestBody", {}).get("content", {})
    return Shown(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        says=_unwrapped(said.get("description", "")),
        scope=said["x-scope"],
        parameters=[
            Field(one["name"], _type(one["schema"]), one["required"], one["in"])
            for one in said["parameters"]
        ],
        bodies=[(form, _name(body["schema"])) for form, body in bodies.items()],
        answers=_answers(said["responses"]),
        example=_example(said["operationId"], host + path),
    )


def _answers(responses: dict[int, Any]) -> list[tuple[str, str]]:
    """Statuses and what they come with; those of problems together."""
    named: dict[str, list[str]] = {}
    for status, told in sorted(responses.items()):
        record = _name(next(iter(told["content"].values()))["schema"])
        named.setdefault(record, []).append(str(status))
    return [(", ".join(statuses), record) for record, statuses in named.items()]


def _unwrapped(text: str) -> str:
    """A docstring's paragraphs, a line each; indented lines stay by themselves."""
    return re.sub(r"(?<!\n)\n(?![\n ])", " ", text)


def _example(name: str, url: str) -> str:
    url = url.replace("{source}", "1").replace("{number}", "7")
    rest = f" \\\n  {EXAMPLES[name]}" if EXAMPLES[name] else ""
    return f"curl -H 'Authorization: Bearer lf_…' '{url}'{rest}"


def _record(name: str, said: dict[str, Any]) -> Record:
    needed = said.get("required", [])
    fields = [
        Field(key, _type(one), key in needed) for key, one in said.get("properties", {}).items()
    ]
    says = _unwrapped(said.get("description", "")) or ", ".join(map(str, said.get("enum", [])))
    return Record(name, says, fields)


def _name(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _type(schema: dict[str, Any]) -> str:
    """A type in a few words: `list of Text`, `string or null`, `act or protect`."""
    if "anyOf" in schema:
        return " or ".join(map(_type, schema["anyOf"]))
    if "enum" in schema:
        return " or ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return _name(schema) or str(schema.get("format") or schema.get("type", "any"))
