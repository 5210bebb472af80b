from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from documents import texts
from hostile import MARKUP, hostile_library
from lianfang.cli import main
from lianfang.guides.library import Library
from lianfang.handbook.outlining import KINDS, outline
from lianfang.handbook.words import group
from lianfang.report.words import LANGUAGES

NOT_IN_A_TERMINAL = frozenset({"hit", "clean", "issuer", "signs"})
LINES = re.compile(r"[\s│┃━┏┓┡┩┠┨└┘─┌┐├┤┼┴┬╇╪┳╋]+")


def shown(*args, columns="400"):
    """What the command prints, without spaces and lines of tables."""
    env = {"COLUMNS": columns}
    result = CliRunner().invoke(main, ["guide", "show", *map(str, args)], env=env)
    assert result.exit_code == 0, result.stderr
    return LINES.sub("", result.output)


def said(made):
    """Every text of an outline but those of its playbook, whose cells are cut into lines."""
    sections = tuple(one for one in made.sections if one.kind != "steps")
    return [LINES.sub("", text) for text in texts(sections, NOT_IN_A_TERMINAL)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["credit-repair", "telecom-fraud"])
def test_a_terminal_says_all_that_a_guide_says(name, lang):
    library = Library()
    made = outline(library, library.guide(name), lang)
    output = shown(name, "--lang", lang)
    assert [text for text in said(made) if text not in output] == []
    titles = group("sections", lang)
    assert all(LINES.sub("", titles[section]) in output for section in KINDS)
    for statute in made.rows("law"):
        for sign in (*statute.signs, *(sign for one in statute.articles for sign in one.signs)):
            assert sign.firm or f"[{LINES.sub('', sign.text)}]" in output
    for step in made.rows("playbook"):
        for text in (step.role, step.due, *(kept.text for kept in step.evidence)):
            assert all(LINES.sub("", word) in output for word in text.split())


def test_markup_is_shown_as_it_stands(make_library, tmp_path):
    library = hostile_library(make_library, tmp_path)
    output = shown("loan-scam", "--guides", tmp_path)
    assert output.count(LINES.sub("", MARKUP)) > 20
    assert all(text in output for text in said(outline(library, library.guide("loan-scam"), "zh")))
