from __future__ import annotations

import pytest

from lianfang.errors import GuideError
from lianfang.guides.yaml_lines import read_yaml

TEXT = """\
# a comment
id: a
names:
  - first
  - {zh: 名,
     en: name}
when: &x
  all: ["@a", "@b"]
again: *x
"""


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "x.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_yaml(path)

    return read


def refused(read, content):
    with pytest.raises(GuideError) as caught:
        read(content)
    where, _, line = caught.value.where.rpartition(":")
    assert where.endswith("x.yaml")
    return int(line), caught.value.what, caught.value.do


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 2),
        (("id",), 2),
        (("names",), 3),
        (("names", 0), 4),
        (("names", 1), 5),
        (("names", 1, "en"), 6),
        (("when", "all"), 8),
        (("when", "all", 1), 8),
        (("when", "none", "of", "these"), 7),
        (("gone",), 2),
    ],
)
def test_the_line_of_each_part_or_of_what_is_around_it(read, place, line):
    assert read(TEXT).where(place).endswith(f"x.yaml:{line}")


def test_an_alias_repeats_its_anchor(read):
    assert read(TEXT).value["again"] == {"all": ["@a", "@b"]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("off", "off"),
        ("~", None),
        ("null", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("1_000", 1000),
        ("0.05", 0.05),
        ("1e3", "1e3"),
        ("0x1F", "0x1F"),
        (".inf", ".inf"),
        ("12:30:00", "12:30:00"),
        ("1__0", "1__0"),
        ("1_", "1_"),
        ("!!int '3.5'", "3.5"),
        ("!!float '1.2.3'", "1.2.3"),
        ("2025-04-19", "2025-04-19"),
        ('"12"', "12"),
        ("词", "词"),
    ],
)
def test_scalars(read, text, value):
    found = read(f"a: {text}\n").value["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("text", "value"), [("", None), ("# nothing", None), ("- a", ["a"])])
def test_other_roots(read, text, value):
    assert read(text).value == value


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: 1\nb: [1\n", 3, "not YAML"),
        ("a: 1\nb: *gone\n", 2, "undefined alias"),
        ("a: 1\n---\nb: 2\n", 2, "another document"),
        ("a: 1\nb: 2\na: 3\n", 3, "`a` is given twice"),
        ("x:\n  a: 1\n  a: 3\n", 3, "`a` is given twice"),
        ("a: \x00\n", 1, "not YAML"),
        (b"a: \xff\n", 1, "not UTF-8"),
        ("a: &a [*a]\n", 1, "holds itself"),
    ],
)
def test_what_is_refused_and_where(read, text, line, what):
    found = refused(read, text)
    assert found[0] == line
    assert what in found[1]
    assert found[2]


def test_an_unquoted_set_is_told_to_be_quoted(read):
    line, _, do = refused(read, "a: 1\nwhen: @loan\n")
    assert line == 2
    assert 'in quotes ("@name")' in do


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(GuideError, match="can't be read: No such file"):
        read_yaml(tmp_path / "gone.yaml")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(GuideError, match="can't be read"):
        read_yaml(tmp_path)
