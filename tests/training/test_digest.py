from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from lianfang.cli import main
from lianfang.guides.library import Library
from lianfang.screening.weights import SHIPPED, home, load, save
from lianfang.training.digest import digest
from lianfang.training.lines import read_lines

OFFER = {"text": "黑户贷款,加微信", "stance": "offer", "activities": ["loan-scam"]}
TALK = {"text": "今天下雨了", "stance": "other", "activities": []}
LINES = {"corpus/a.jsonl": [OFFER], "corpus/b.jsonl": [TALK]}


def of(library):
    return digest(library, read_lines(library.root))


@pytest.fixture
def before(make_library, tmp_path):
    return of(make_library(tmp_path / "before", taught=LINES))


# fmt: off
CHANGES = [
    lambda b: {"guide": {"features": [b.feature(when="@promise")]}},
    lambda b: {"guide": {"features": [b.feature(id="other"), b.feature(id="offers-loan")]}},
    lambda b: {"guide": {"features": [b.feature(strength="weak")]}},
    lambda b: {"guide": {"features": [b.feature(unit="text")]}},
    lambda b: {"guide": {"features": [b.feature(unless=["negated"])]}},
    lambda b: {"shared": {"features": []}, "guide": {"shared": []}},
    lambda b: {"lexicon": [b.entry(terms=["黑户贷款"])]},
    lambda b: {"lexicon": [b.entry(variants={})]},
    lambda b: {"lexicon": [b.entry(**{"except": []})]},
    lambda b: {"taught": LINES | {"corpus/a.jsonl": [OFFER | {"text": "黑户贷款,加微信!"}]}},
    lambda b: {"taught": LINES | {"corpus/a.jsonl": [OFFER | {"stance": "instruct"}]}},
    lambda b: {"taught": LINES | {"corpus/a.jsonl": [OFFER | {"activities": []}]}},
    lambda b: {"taught": {"corpus/a.jsonl": [OFFER], "corpus/c.jsonl": [TALK]}},
    lambda b: {"taught": LINES | {"ordinary.jsonl": [TALK | {"text": "吃了吗"}]}},
]
SAME = [
    lambda b: {"guide": {"version": "9.9.9", "advice": [], "features": [
        b.feature(label={"zh": "另一个名字", "en": "another"},
                  why={"zh": "另一个理由", "en": "another"}, hit=["秒下款"]),
        b.feature(id="offers-loan", unit="text", unless=["negated"], strength="strong",
                  when={"all": ["@loan", "@reach"]}),
    ]}},
    lambda b: {"law": {"issuer": {"zh": "别的", "en": "other"}}},
    lambda b: {"taught": LINES | {"corpus/a.jsonl": [OFFER | {"group": "a1", "kind": "ad"}]}},
    lambda b: {"taught": LINES, "hits": [], "clean": []},
]
# fmt: on


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_what_is_learned_changes_the_digest(
    make_library, tmp_path, before, change
):
    after = make_library(tmp_path / "after", **({"taught": LINES} | change(make_library)))
    assert of(after) != before


@pytest.mark.parametrize("change", SAME)
def test_words_for_people_do_not(make_library, tmp_path, before, change):
    after = make_library(tmp_path / "after", **({"taught": LINES} | change(make_library)))
    assert of(after) == before


def test_the_shipped_weights_were_learned_from_the_shipped_guides_and_lines():
    learned_from, shipped = load().trained.get("digest"), of(Library())
    assert learned_from == shipped, "run `make model`"


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)


@pytest.mark.slow
def test_weights_that_are_out_of_date_are_told(make_library, tmp_path):
    pitches = [OFFER | {"text": f"黑户贷款,加微信,{n}号"} for n in "一二三四五六七八"]
    talks = [TALK | {"text": f"今天下雨了,{n}点"} for n in "一二三四五六七八"]
    taught = {f"corpus/{n}.jsonl": [pitches[n], talks[n]] for n in range(8)}
    library = make_library(tmp_path, taught=taught)
    assert "0 warnings" in run("guide", "check", "--guides", tmp_path).output
    assert run("model", "train", "--guides", tmp_path).exit_code == 0
    assert home(tmp_path) == tmp_path / "model.npz"
    assert "0 warnings" in run("guide", "check", "--guides", tmp_path).output
    more = tmp_path / "corpus" / "9.jsonl"
    more.write_text(json.dumps(TALK | {"text": "晚饭吃什么"}), encoding="utf-8")
    told = run("guide", "check", "--guides", tmp_path)
    assert told.exit_code == 0
    assert "model.npz:1: weights that weren't learned from these guides" in told.output
    assert "lianfang model train" in told.output
    (tmp_path / "model.npz").write_bytes(b"x")
    assert "no model can be read" in run("guide", "check", "--guides", tmp_path).output
    assert of(library) != load(SHIPPED).trained.get("digest")


def test_weights_without_a_digest_are_read_and_told(make_library, tmp_path):
    make_library(tmp_path, taught=LINES)
    assert "digest" not in load(old(tmp_path / "model.npz")).trained
    told = run("guide", "check", "--guides", tmp_path)
    assert "model.npz:1: weights that weren't learned" in told.output


def old(path):
    """The shipped weights as they were written before there was a digest."""
    weights = load()
    trained = {key: value for key, value in weights.trained.items() if key != "digest"}
    save(replace(weights, trained=trained), path)
    return path
