from __future__ import annotations

import re
from pathlib import Path

import pytest

from lianfang.errors import InputError
from lianfang.model import Stance
from lianfang.report import words
from lianfang.text.disguise.tokens import How

ROOM = Path(words.__file__).parent
PHRASES = words.table()["phrases"]
SOURCES = "".join(
    path.read_text(encoding="utf-8") for path in [*ROOM.glob("*.py"), *ROOM.glob("templates/*.j2")]
)
# Phrases whose names a template puts together.
HOWS = "|".join(how.name.lower() for how in How if how is not How.EXACT)
BUILT = re.compile(rf"_means$|_note$|^in_force_|^basis_|^(symbols|variant|glyphs|{HOWS})$")


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_is_in_both_languages_with_the_same_gaps(name):
    said = PHRASES[name]
    assert set(said) == {"zh", "en"}
    gaps = [sorted(re.findall(r"{\w+}", said[lang])) for lang in words.LANGUAGES]
    assert gaps[0] == gaps[1]


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_is_used(name):
    assert BUILT.search(name) or re.search(rf"\bw\.{name}\b|[\"']{name}[\"']", SOURCES)


def test_roles_are_in_both_languages():
    assert all(set(said) == {"zh", "en"} for said in words.table()["roles"].values())


def test_an_unknown_role_keeps_its_id():
    assert words.role_name("security", "zh") == "安全岗"
    assert words.role_name("合规岗", "en") == "合规岗"


@pytest.mark.parametrize("stance", Stance)
def test_every_stance_has_a_name(stance):
    assert words.stance_name(stance, "zh") == stance.zh
    assert words.stance_name(stance, "en").isascii()


def test_an_unknown_language_is_told():
    with pytest.raises(InputError, match="zh, en"):
        words.check_language("fr")
