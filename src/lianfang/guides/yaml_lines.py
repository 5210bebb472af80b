"""YAML read with the line of every value, so that an error can point at it.

Only `true` and `false` are booleans (`yes`, `no`, `on` stay words); dates stay text; a key
given twice is an error.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from lianfang.errors import GuideError

if TYPE_CHECKING:
    from pathlib import Path

Place = tuple[str | int, ...]
_PLAIN = {"int": int, "float": float}


@dataclass(frozen=True)
class Document:
    """A YAML file: its value and the line of each part by its path of keys and indexes."""

    path: Path
    value: Any
    lines: dict[Place, int] = field(repr=False)

    def where(self, place: Place = ()) -> str:
        """`path:line` of the part, or of the nearest part around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return f"{self.path}:{self.lines.get(place, 1)}"


def read_yaml(path: Path) -> Document:
    """Read one file.

    Raises:
        GuideError: the file can't be read, isn't UTF-8 or isn't YAML.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise GuideError("not UTF-8", where=f"{path}:1", do="save the file as UTF-8") from error
    except OSError as error:
        raise GuideError("can't be read", where=str(path), do=str(error.strerror)) from error
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(path, error) from error
    except yaml.YAMLError as error:
        raise GuideError("not YAML", where=f"{path}:1", do=str(error)) from error
    document = Document(path, None, {})
    try:
        value = _build(document, node, ()) if node else None
    except RecursionError as error:
        do = "take out the alias (*name) that stands inside its own anchor (&name)"
        raise GuideError("holds itself", where=f"{path}:1", do=do) from error
    return Document(path, value, document.lines)


def _syntax_error(path: Path, error: yaml.MarkedYAMLError) -> GuideError:
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    do = "check indentation, colons and quotes"
    if "cannot start any token" in str(error.problem):
        do = 'put a value that begins with @ or % in quotes ("@name"), and indent with spaces'
    return GuideError(f"not YAML: {error.problem}", where=f"{path}:{line}", do=do)


def _build(document: Document, node: yaml.Node, place: Place) -> Any:  # noqa: ANN401
    document.lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _build_mapping(document, node, place)
    if isinstance(node, yaml.SequenceNode):
        return [_build(document, child, (*place, i)) for i, child in enumerate(node.value)]
    return _scalar(node)


def _build_mapping(document: Document, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in out:
            where = f"{document.path}:{key_node.start_mark.line + 1}"
            raise GuideError(f"`{key}` is given twice", where=where, do="keep one of them")
        out[key] = _build(document, value_node, (*place, key))
        document.lines[(*place, key)] = key_node.start_mark.line + 1
    return out


def _scalar(node: yaml.Node) -> Any:  # noqa: ANN401
    kind = node.tag.rpartition(":")[2]
    text = str(node.value)
    if kind == "null":
        return None
    if kind == "bool" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    if kind in _PLAIN and text.replace("_", "").replace(".", "").lstrip("+-").isdecimal():
        with suppress(ValueError):  # YAML's own rule is wider: "1__0", "1_"
            return _PLAIN[kind](text)
    return text
