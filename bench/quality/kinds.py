"""Kinds of disguise: how the trade spells a word so that a filter reads past it.

The tables in `data/disguise` were written by hand, from what adverts look like, and share nothing
with the tables by which the package undoes disguises: the attack must not know the defence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from bench.quality.data import SHIPPED

TABLES = SHIPPED / "disguise"
SYMBOLS = (*".。·•*/\\-_|~、,'^+=#@&丨ㆍ…- ", "❤", "🔥", "..", "**", "\u200b")

Table = Mapping[str, tuple[str, ...]]
Spell = Callable[[str], Iterator[str]]
"""From a word to what is written instead of it, in every way that the kind has."""


def read_table(name: str) -> Table:
    """A file of lines that hold a word or a character, and its ways after spaces."""
    lines = (TABLES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {key: tuple(ways) for key, *ways in rows}


WORDS = read_table("words")
LOOKS = read_table("looks")
PARTS = read_table("parts")
SOUNDS = read_table("sounds")
DIGITS = read_table("digits")
EMOJI = read_table("emoji")
JARGON = read_table("jargon")


def look_alikes(word: str) -> Iterator[str]:
    """征信 as 怔信."""
    return _by_character(word, LOOKS)


def parts(word: str) -> Iterator[str]:
    """征信 as 彳正亻言."""
    return _by_character(word, PARTS)


def homophones(word: str) -> Iterator[str]:
    """协商 as 鞋商."""
    return _by_character(word, SOUNDS)


def pinyin(word: str) -> Iterator[str]:
    """征信 as zhengxin, zheng xin or 征xin."""
    syllables = WORDS.get(word, ())
    yield from _put(word, [(syllable,) for syllable in syllables])
    yield " ".join(syllables)


def initials(word: str) -> Iterator[str]:
    """征信 as zx, ZX, 征x or Z信."""
    letters = [syllable[0] for syllable in WORDS.get(word, ())]
    return _put(word, [(letter, letter.upper()) for letter in letters])


def digits(word: str) -> Iterator[str]:
    """逾期 as 逾7."""
    return _by_character(word, DIGITS)


def emoji(word: str) -> Iterator[str]:
    """征信 as 征❤, 电话 as ☎️."""
    yield from EMOJI.get(word, ())
    yield from _by_character(word, EMOJI)


def doubled(word: str) -> Iterator[str]:
    """征信 as 征征信 or 征征信信, in which 征信 still stands: against one who asks for words."""
    return _put(word, [() if character.isascii() else (2 * character,) for character in word])


def shuffled(word: str) -> Iterator[str]:
    """修复 as 复修: two neighbours change places."""
    for i in range(len(word) - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def symbols(word: str) -> Iterator[str]:
    """全额退保 as 全.额.退.保 or 全额*退保."""
    for symbol in SYMBOLS:
        yield symbol.join(word)
        yield from (word[:i] + symbol + word[i:] for i in range(1, len(word)))


def jargon(word: str) -> Iterator[str]:
    """微信 as 绿泡泡."""
    yield from JARGON.get(word, ())


KINDS: dict[str, Spell] = {
    "look-alikes": look_alikes,
    "split characters": parts,
    "homophones": homophones,
    "pinyin": pinyin,
    "initials": initials,
    "digits": digits,
    "emoji": emoji,
    "doubled": doubled,
    "shuffled": shuffled,
    "symbols between": symbols,
    "jargon": jargon,
}


@cache
def spellings(kind: str) -> Table:
    """The words that a kind can hide, each with its spellings, which all differ from it."""
    words = {word: _others(word, KINDS[kind](word)) for word in (*WORDS, *JARGON)}
    return {word: ways for word, ways in words.items() if ways}


def _others(word: str, ways: Iterator[str]) -> tuple[str, ...]:
    return tuple(way for way in dict.fromkeys(ways) if way not in ("", word))


def _by_character(word: str, table: Table) -> Iterator[str]:
    return _put(word, [table.get(character, ()) for character in word])


def _put(word: str, ways: Sequence[Sequence[str]]) -> Iterator[str]:
    """The word with one character put in another way, and with all that have one."""
    for i, mine in enumerate(ways):
        yield from (word[:i] + way + word[i + 1 :] for way in mine)
    for turn in range(max(map(len, ways), default=0)):
        yield "".join(
            mine[turn % len(mine)] if mine else character
            for character, mine in zip(word, ways, strict=True)
        )
