from __future__ import annotations

import pytest

from lianfang.guides.model import Words
from lianfang.report.guidance import (
    FIRST_ADVICE,
    FIRST_STEPS,
    article_name,
    citation,
    guidance,
    law_name,
)


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        ("15", "第15条", "Art. 15"),
        ("177-1", "第177条之1", "Art. 177-1"),
        ("225(4)", "第225条第4项", "Art. 225(4)"),
        ("0", "全文", "the whole document"),
    ],
)
def test_names_of_articles(number, zh, en):
    assert (article_name(number, "zh"), article_name(number, "en")) == (zh, en)


def test_a_name_within_a_name_has_inner_marks():
    title = Words("最高人民法院关于适用《中华人民共和国民法典》的解释", "On the Civil Code")
    assert law_name(title, "zh") == "《最高人民法院关于适用〈中华人民共和国民法典〉的解释》"
    assert law_name(title, "en") == "On the Civil Code"


def test_an_article_has_the_marks_of_its_law(make_library, tmp_path):
    cited = citation("some-law#1", make_library(tmp_path), "zh")
    assert (cited.name, cited.says) == ("《某法》第1条", "不得诈骗")
    assert (cited.in_force, cited.basis, cited.firm) == ("yes", "statute", True)


def test_an_articles_own_marks_win(make_library, tmp_path):
    article = {"article": "1", "says": {"zh": "某", "en": "some"}}
    law = {"articles": [article | {"in_force": "superseded", "basis": "secondary"}]}
    cited = citation("some-law#1", make_library(tmp_path, law=law), "en")
    assert (cited.name, cited.in_force, cited.basis) == ("某法, Art. 1", "superseded", "secondary")
    assert not cited.firm


def test_a_citation_that_is_missing_is_shown_as_such(make_library, tmp_path):
    cited = citation("no-law#7", make_library(tmp_path), "zh")
    assert (cited.name, cited.basis) == ("no-law#7", "unconfirmed")
    assert "没有" in cited.says


def test_a_guide_in_chinese(make_library, tmp_path):
    library = make_library(tmp_path)
    made = guidance(library.guide("loan-scam"), library, "zh")
    assert (made.name, made.version) == ("贷款骗局", "1.0.0")
    [step] = made.steps
    assert (step.role, step.due, step.must_not) == ("合规岗", "1 天内", "不得影响投诉处理")
    assert [place.to for place in made.places] == ["公安"]
    assert made.advice == ("保留聊天记录",)
    assert [cite.name for cite in made.first_law] == ["《某法》第1条"]


def test_a_guide_in_english(make_library, tmp_path):
    both = {"zh": "征信修复", "en": "credit repair"}
    step = make_library.step(role="compliance-officer", must_not=...)
    library = make_library(tmp_path, guide={"name": both, "playbook": [step]})
    made = guidance(library.guide("loan-scam"), library, "en")
    assert (made.name, made.steps[0].role) == ("Credit repair", "Compliance officer")
    assert (made.steps[0].due, made.steps[0].must_not) == ("within 1 day", "")


def test_only_the_first_steps_and_advice_go_under_a_card(make_library, tmp_path):
    steps = [make_library.step(id=f"step-{n}") for n in range(9)]
    said = {"zh": "话", "en": "word", "source": {"sure": "inferred"}}
    library = make_library(tmp_path, guide={"playbook": steps, "advice": [said] * 9})
    made = guidance(library.guide("loan-scam"), library, "zh")
    assert (len(made.steps), len(made.first_steps)) == (9, FIRST_STEPS)
    assert (len(made.advice), len(made.first_advice)) == (9, FIRST_ADVICE)


def test_a_place_says_when_its_number_is_unconfirmed(make_library, tmp_path):
    words = {"zh": "某专线", "en": "a line"}
    channel = {"to": words, "how": words, "source": {"sure": "unconfirmed"}}
    library = make_library(tmp_path, guide={"report_to": [channel]})
    [place] = guidance(library.guide("loan-scam"), library, "zh").places
    assert place.unconfirmed
