from __future__ import annotations

import pytest

from lianfang.guides.compile import compile_library
from lianfang.guides.library import Library
from lianfang.screening.alone import fired
from lianfang.screening.conditions import fire
from lianfang.screening.examples import examples
from lianfang.screening.finds import Finds, Index
from lianfang.screening.reading import Reading
from lianfang.text.stream import Stream


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
def test_a_text_reads_the_same_alone_as_in_a_batch():
    """Neither the batch nor the quick look at what a rule needs may change what fires."""
    program = compile_library(Library())
    texts = [example.text for example in examples(program.library)]
    batch = fired(program, texts)
    index = Index(program)
    for number, text in enumerate(texts):
        finds = Finds(index, Stream.of([text]))
        reading = Reading(finds, 0)
        alone = {rule.id for rule in program.rules if fire(rule, reading) is not None}
        assert {name for name, where in batch.items() if number in where} == alone, text
