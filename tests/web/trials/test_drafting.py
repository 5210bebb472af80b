from __future__ import annotations

import shutil
import subprocess
from datetime import date

import pytest
from click.testing import CliRunner

from lianfang.cli import main
from lianfang.guides.library import shipped
from lianfang.web.guidance.shipped import feature
from lianfang.web.trials.drafting import changed_file, patch, problems
from lianfang.web.trials.standins import VALUES

DAY = date(2026, 11, 28)
NAME = "credit-repair/credit-matter"
SHARED = "shared/t05-handle"


def text(name=NAME, *pairs):
    made = feature(name).fragment.text
    for old, new in pairs:
        assert old in made
        made = made.replace(old, new)
    return made


def found(made, name=NAME):
    return [(one.line, one.what) for one in problems(feature(name), made)]


PARK = (("今天吃火锅", "今天去公园"), ("处理费用多少", "处理费用多少钱"))


@pytest.mark.parametrize("name", [NAME, SHARED, "credit-repair/paid-erasure"])
def test_what_is_shipped_has_no_problem(name):
    assert found(text(name), name) == []


def test_a_change_that_keeps_its_promises():
    assert found(text(NAME, *PARK)) == []


@pytest.mark.parametrize(
    ("pairs", "line", "said"),
    [
        ([("label: {zh", "label: {zh: 甲, zh")], 2, "given twice"),
        ([("strength: weak", "strength: huge")], 9, "`features"),
        ([("strength: weak", "colour: red")], 1, "colour"),
        ([('"@credit-matter"', '"@no-such-set"')], 8, "no set @no-such-set"),
        ([("{all: [", "{some: [")], 8, "some"),
        ([("今天吃火锅", "报告上那几条记录,处理费用多少")], 11, "fires on its near miss"),
        ([("报告上那几条记录,处理费用多少", "今天天气真好")], 10, "doesn't fire on its hit"),
        ([("处理费用多少", "处理费用多少，电话13712345678")], 10, "phone"),
        ([("id: credit-matter", "id: credit-other")], 1, "keep the id"),
        ([("unit: text", "unit: text\nunless: [none]")], 8, "no context none"),
        ([('clean: ["今天吃火锅"]', "clean: []")], 11, "near miss"),
        ([("within: 8", "within: 99999999999")], 8, "ten digits"),
        ([("sure: inferred", "sure: sourced, ref: S999")], 6, "S999"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(pairs, line, said):
    told = found(text(NAME, *pairs))
    assert any(said in what and place == line for place, what in told), told


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("", "characters"),
        ("a" * 20_001, "characters"),
        ("id: [", "not YAML"),
        ("\tid: x", "not YAML"),
        ("id: x\nwhen: &a [*a]", "anchors"),
        ("when: " + "[" * 200 + "]" * 200, "levels"),
        ("- id: credit-matter", "features"),
        ("id: credit-matter\n---\nid: x", ""),
        ("just words", "just words"),
        ("id: credit-matter", "label"),
        ("when: !!python/object/apply:os.system ['true']", ""),
    ],
)
def test_whatever_is_written_is_answered(made, said):
    told = found(made)
    assert told
    assert any(said in what for _, what in told), told


def test_a_made_up_value_may_stand_in_an_example():
    made = text(NAME, ("处理费用多少", f"处理费用多少，电话{VALUES['phone']}"))
    assert found(made) == []


@pytest.mark.parametrize(("name", "version"), [(NAME, "1.0.1"), (SHARED, None)])
def test_the_patch_is_taken_and_the_checks_pass(tmp_path, name, version):
    made = text(name, ("strength: weak" if name == NAME else "strength: ", "strength: medium #"))
    shutil.copytree(shipped(), tmp_path / "guides")
    said = f"# {name}: why\n{patch(feature(name), made, DAY)}"
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(["git", "apply", "-"], input=said, text=True, cwd=tmp_path, check=True)
    path = tmp_path / "guides" / feature(name).fragment.name
    assert path.read_text("utf-8") == changed_file(feature(name), made, DAY)
    if version:
        assert f'version: "{version}"' in path.read_text("utf-8")
        assert 'date: "2026-11-28"' in path.read_text("utf-8")
    asked = ["guide", "check", str(tmp_path / "guides")]
    result = CliRunner().invoke(main, asked, catch_exceptions=False)
    assert result.exit_code == 0, result.output


def test_nothing_changed_is_no_patch():
    known = feature(SHARED)
    assert patch(known, known.fragment.text, DAY) == ""
