from __future__ import annotations

from lianfang.guides.corpus import read_corpus
from lianfang.model import Stance


def test_lines_keep_their_numbers_and_blank_ones_are_skipped(tmp_path):
    path = tmp_path / "some-guide" / "hits.jsonl"
    path.parent.mkdir()
    path.write_text(
        '{"text": "甲", "stance": "offer", "activities": ["a"], "style": "sms", "new": 1}\n\n'
        '{"text": "乙", "stance": "act", "activities": []}',
        encoding="utf-8",
    )
    corpus = read_corpus(path)
    assert [(number, line.text) for number, line in corpus.lines] == [(1, "甲"), (3, "乙")]
    assert corpus.lines[0][1].stance is Stance.OFFER
    assert corpus.lines[0][1].style == "sms"
    assert (corpus.guide, corpus.offends, corpus.errors) == ("some-guide", True, [])


def test_what_cannot_be_read_is_told_line_by_line(tmp_path):
    path = tmp_path / "clean.jsonl"
    good = b'{"text": "a", "stance": "warn", "activities": []}'
    path.write_bytes(b'{"text": "\xff", "stance": "warn", "activities": []}\n[]\n' + good + b"\r\n")
    corpus = read_corpus(path)
    assert [error.where for error in corpus.errors] == [f"{path}:1", f"{path}:2"]
    assert len(corpus.lines) == 1
    assert not corpus.offends


def test_a_corpus_that_is_not_there(tmp_path):
    [error] = read_corpus(tmp_path / "hits.jsonl").errors
    assert "No such file" in error.what
