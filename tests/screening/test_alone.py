from __future__ import annotations

import pytest

import oracle
from lianfang.guides.compile import compile_library
from lianfang.guides.library import Library
from lianfang.screening.alone import fired
from lianfang.screening.examples import examples


def test_a_rule_is_tried_on_every_text(make_library, tmp_path):
    program = compile_library(make_library(tmp_path))
    texts = ["下雨", "黑户贷款", "百分百", "不办黑户贷款,加微信", "黑户贷款,加微信"]
    assert fired(program, texts) == {
        "loan-scam/names-loan": {1, 3, 4},
        "loan-scam/offers-loan": {4},
        "shared/promise": {2},
    }


def test_no_texts(make_library, tmp_path):
    assert set(fired(compile_library(make_library(tmp_path)), []).values()) == {frozenset()}


@pytest.mark.slow
def test_examples_fire_as_the_oracle_says():
    """Neither the batch nor the quick look at what a rule needs may change what fires."""
    program = compile_library(Library())
    texts = [example.text for example in examples(program.library)]
    assert fired(program, texts) == oracle.fired(program, texts)
