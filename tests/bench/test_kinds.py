from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from bench.quality import disguise, kinds
from bench.quality.kinds import JARGON, KINDS, TABLES, WORDS, read_table, spellings

HAN = re.compile(r"[一-鿿]+")
NAMES = sorted(path.stem for path in TABLES.glob("*.txt"))


def rows(name):
    lines = (TABLES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_says_something_new_in_every_line_and_once(name):
    keys = [key for key, *_ in rows(name)]
    assert len(keys) == len(set(keys)) > 20
    for key, *ways in rows(name):
        assert ways
        assert key not in ways
        assert name == "words" or len(set(ways)) == len(ways)


@pytest.mark.parametrize("name", sorted({*NAMES} - {"words", "jargon"}))
def test_a_table_is_about_the_vocabulary(name):
    words = {*WORDS}
    assert {*read_table(name)} <= words | {character for word in words for character in word}


def test_the_vocabulary_has_a_syllable_a_character():
    assert 150 <= len(WORDS) <= 220
    for word, syllables in WORDS.items():
        assert HAN.fullmatch(word)
        assert len(word) == len(syllables) >= 2
        assert all(re.fullmatch(r"[a-z]{1,6}", syllable) for syllable in syllables)


def test_one_character_is_put_for_one_that_looks_or_sounds_like_it():
    for name in ("looks", "sounds"):
        assert all(len(cell) == 1 for row in rows(name) for cell in row)
    assert all(re.fullmatch(r"\d", way) for _, *ways in rows("digits") for way in ways)
    assert all(len(way) > 1 for _, *ways in rows("parts") for way in ways)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_put_in_differs_from_the_word(kind):
    assert spellings(kind)
    for word, ways in spellings(kind).items():
        assert ways
        assert word not in ways
        assert "" not in ways
        assert len(set(ways)) == len(ways)
        if kind != "doubled":
            assert not any(word in way for way in ways), word


@pytest.mark.parametrize(
    "kind", sorted({*KINDS} - {"digits", "emoji", "jargon", "split characters"})
)
def test_most_kinds_can_hide_every_word(kind):
    assert {*spellings(kind)} >= {*WORDS}


@pytest.mark.parametrize(
    ("kind", "word", "way"),
    [
        ("look-alikes", "征信", "怔信"),
        ("split characters", "征信", "彳正亻言"),
        ("homophones", "协商", "鞋商"),
        ("pinyin", "征信", "zhengxin"),
        ("pinyin", "征信", "征xin"),
        ("pinyin", "退保", "退bao"),
        ("initials", "信用卡", "xyk"),
        ("initials", "退保", "T保"),
        ("digits", "逾期", "逾7"),
        ("emoji", "征信", "征❤"),
        ("emoji", "协商", "协👟"),
        ("doubled", "退保", "退退保保"),
        ("shuffled", "修复", "复修"),
        ("symbols between", "全额退保", "全.额.退.保"),
        ("symbols between", "征信", "征❤信"),
        ("jargon", "微信", "绿泡泡"),
    ],
)
def test_the_trades_own_examples_are_among_the_spellings(kind, word, way):
    assert way in spellings(kind)[word]


def test_shuffled_words_keep_their_characters():
    for word, ways in spellings("shuffled").items():
        assert all(sorted(way) == sorted(word) for way in ways)


def test_jargon_knows_words_that_have_no_sound():
    assert {*JARGON} - {*WORDS} == {"QQ", "qq"}
    assert "QQ" not in spellings("pinyin")


@pytest.mark.parametrize("module", [kinds, disguise])
def test_the_attack_does_not_know_the_defence(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    roots = {
        name
        for node in ast.walk(tree)
        for name in (
            [node.module]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert not {root for root in roots if root.startswith(("lianfang", "pypinyin", "hanzi"))}
