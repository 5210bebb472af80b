from __future__ import annotations

import json
import re

import pytest

from lianfang import Screener, Stance
from lianfang.errors import InputError
from lianfang.guides.compile import compile_library
from lianfang.guides.library import Library
from lianfang.model import OFFENDING
from lianfang.screening.weights import load, save
from lianfang.training.fit import train
from lianfang.training.lines import Labelled, read_lines
from lianfang.training.variants import CAUTIONS, with_cautions

PITCHES = [
    "黑户贷款百分百下款",
    "秒下款,加微信",
    "包过的黑户贷款,私信我",
    "黑户也能秒下款",
    "当天秒下款找我",
]
TALKS = ["今天下雨了", "晚饭吃什么", "孩子考得不错", "周末去爬山", "房东说要修水管", "电影挺好看"]


@pytest.fixture
def small(make_library, tmp_path):
    """Return the folder of a small guide with a corpus of six authors."""
    make_library(tmp_path, hits="", clean="")
    folder = tmp_path / "corpus"
    folder.mkdir()
    for author in range(6):
        rows = [
            {"text": f"{text}{mark}", "stance": stance, "activities": about}
            for mark in ("", "。", f"~{author}")
            for texts, stance, about in (
                (PITCHES, "offer", ["loan-scam"]),
                (TALKS, "other", []),
            )
            for text in texts[author % 3 :]
        ]
        lines = [json.dumps({**row, "text": row["text"] + "了" * author}) for row in rows]
        (folder / f"a{author}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def trained(root):
    return train(compile_library(Library(root)), read_lines(root), lambda *_: None)


def test_a_judge_learns_what_it_is_told(small):
    weights = trained(small)
    save(weights, small / "model.npz")
    screener = Screener(small, model=small / "model.npz")
    offer, talk = screener.screen(["黑户贷款秒下款,百分百", "今天去爬山看电影"])
    assert (offer.suspect, offer.stance) == (True, Stance.OFFER)
    assert offer.activities[0].id == "loan-scam"
    assert talk.suspect is False
    assert weights.trained["lines"] == len(read_lines(small).texts)
    assert weights.trained["recall"][0] > 0.9


def test_training_twice_gives_the_same_bytes(small):
    for name in ("one.npz", "two.npz"):
        save(trained(small), small / name)
    assert (small / "one.npz").read_bytes() == (small / "two.npz").read_bytes()
    assert load(small / "one.npz").columns[:2] == ("near", "offends")


def test_a_bad_line_says_where(small):
    path = small / "corpus" / "a0.jsonl"
    path.write_text('{"text": "好", "stance": "other"}\n{"text": 1}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"a0\.jsonl:2"):
        read_lines(small)


def test_nothing_to_learn_from_says_so(make_library, tmp_path):
    with pytest.raises(InputError, match="nothing to learn from"):
        read_lines(make_library(tmp_path).root)


def test_one_author_or_one_side_is_not_enough(make_library, tmp_path):
    root = make_library(tmp_path).root
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    one.write_text('{"text": "包过", "stance": "offer"}\n{"text": "好"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="one author"):
        read_lines(root, [one])
    one.write_text('{"text": "今天"}\n', encoding="utf-8")
    two.write_text('{"text": "明天"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="one side"):
        read_lines(root, [one, two])


def test_outside_lines_are_an_author_of_their_own(small):
    more = small / "ours.jsonl"
    more.write_text('{"text": "本行提醒", "stance": "warn"}\n', encoding="utf-8")
    lines = read_lines(small, [more])
    assert (lines.texts[-1], lines.stances[-1], lines.authors[-1]) == (
        "本行提醒",
        Stance.WARN,
        "ours",
    )


def test_cautions_are_set_beside_lines_that_offend():
    lines = Labelled(
        [f"话{n}" if n % 2 else f"a{n % 5}说要小心{n}个。" for n in range(400)],
        [Stance.OFFER if n % 2 else Stance.WARN for n in range(400)],
        [()] * 400,
        [f"a{n % 5}" for n in range(400)],
    )
    more = with_cautions(lines)
    added = list(zip(more.texts, more.stances, more.authors, strict=True))[400:]
    assert 30 < len(added) < 80
    listed = 0
    for text, stance, author in added:
        assert stance in OFFENDING
        own = f"{author}说要小心" in text
        listed += not own
        assert own or any(caution in text for caution in CAUTIONS)
        [number] = re.findall(r"话(\d+)", text)
        assert lines.authors[int(number)] == author
    assert 5 < listed < 40
    assert with_cautions(lines) == more
