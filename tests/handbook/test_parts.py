from __future__ import annotations

import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from lianfang import handbook
from lianfang.guides.checks.playbook import STAGES
from lianfang.guides.model import Source
from lianfang.handbook import words
from lianfang.handbook.anchors import anchor
from lianfang.handbook.outlining import KINDS
from lianfang.handbook.summary import SPANS, summary
from lianfang.handbook.typography import printed

ROOM = Path(handbook.__file__).parent
SOURCES = "".join(
    path.read_text(encoding="utf-8")
    for path in [*ROOM.glob("*.py"), *ROOM.glob("templates/*.j2"), *ROOM.glob("typeset/*.typ")]
) + (ROOM.parent / "cli" / "guide_show.py").read_text(encoding="utf-8")


# -- words


@pytest.mark.parametrize("group", words.table())
def test_every_word_is_in_both_languages_with_the_same_gaps(group):
    for said in words.table()[group].values():
        assert list(said) == ["zh", "en"]
        gaps = [sorted(re.findall(r"{\w+}", text)) for text in said.values()]
        assert gaps[0] == gaps[1]


@pytest.mark.parametrize("name", words.table()["phrases"])
def test_every_phrase_is_used(name):
    assert re.search(rf"\bw\.{name}\b|[\"']{name}[\"']", SOURCES)


def test_words_for_all_that_a_guide_can_name():
    table = words.table()
    assert list(table["sections"]) == list(KINDS)
    assert list(table["spans"]) == list(SPANS)
    assert list(table["marks"]) == list(table["means"])
    assert tuple(table["stages"]) == STAGES
    assert tuple(table["marks"]) == get_args(get_type_hints(Source)["sure"])


# -- typography


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("先收钱,后办事;否则:不办", "先收钱，后办事；否则：不办"),
        ("结果承诺(T01)", "结果承诺（T01）"),
        ("(都)算", "（都）算"),
        ("a, b (c); d: e", "a, b (c); d: e"),
        ("1,000元", "1,000元"),
        ("“好”,“坏”", "“好”，“坏”"),
        ("", ""),
    ],
)
def test_signs_after_chinese_are_full_width(text, becomes):
    assert printed(text) == becomes


# -- anchors


def test_anchors_are_safe_and_never_the_same():
    names = ["a#1", "a.1", "a_1", "a(1", "a_28_1", "a-1", "a 1", "a1", 'a"><b', "法"]
    made = [anchor("law", name) for name in names]
    assert len(set(made)) == len(names)
    assert all(re.fullmatch(r"law-[A-Za-z0-9_.-]+", one) for one in made)
    assert made[0] == "law-a.1"


# -- figures


def test_a_guide_in_figures(make_library, tmp_path):
    dues = ["PT0S", "PT30M", "PT1H", "P1D", "P2D", "P10D", "P30D", "P45D", "soon"]
    steps = [make_library.step(id=f"s{i}", due=due) for i, due in enumerate(dues)]
    library = make_library(tmp_path, guide={"playbook": steps})
    made = summary(library, library.guide("loan-scam"), "zh")
    assert (made.features, made.shared, made.slang, made.steps, made.articles) == (2, 1, 1, 9, 1)
    assert (made.first_due, made.last_due) == ("立即", "45 天内")
    assert made.spans == (1, 2, 1, 1, 1, 1, 1)


def test_a_guide_without_limits(make_library, tmp_path):
    library = make_library(tmp_path, guide={"playbook": []})
    made = summary(library, library.guide("loan-scam"), "en")
    assert (made.first_due, made.last_due, sum(made.spans)) == ("", "", 0)
