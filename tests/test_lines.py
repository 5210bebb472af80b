from __future__ import annotations

import json

import msgspec
import pytest
from click.testing import CliRunner

from lianfang.cli import main
from lianfang.indicators import find_indicators
from lianfang.lines import line
from lianfang.model import (
    ActivityScore,
    FeatureHit,
    Rewriting,
    Span,
    Stance,
    Verdict,
    Weight,
)

PHONE, HANDLE = "13812340000", "abc12345"
TEXT = f"黑户贷款,百分百下款,加微信{HANDLE},电话{PHONE},网址evil.com/{PHONE}"
PLAIN = f"今天天气不错,电话{PHONE}"


@pytest.fixture
def guides(make_library, tmp_path):
    folder = tmp_path / "guides"
    reach = {
        "id": "with-handle",
        "when": {"all": ["@loan", {"contact": ["wechat", "phone"]}]},
        "unit": "text",
        "strength": "strong",
        "stance": "offer",
        "hit": [f"黑户贷款,加微信{HANDLE}"],
        "clean": ["黑户贷款,加微信"],
    }
    features = [make_library.feature(), make_library.feature(**reach)]
    make_library(folder, guide={"features": features}, hits="", clean="")
    return folder


@pytest.fixture
def screen(guides, tmp_path):
    """Return a function that screens texts from the command line."""

    def screen(*texts, options=()):
        path = tmp_path / "texts.jsonl"
        path.write_text("".join(f"{json.dumps({'text': text})}\n" for text in texts))
        command = ["screen", "--guides", str(guides), "--quiet", str(path), *options]
        return CliRunner().invoke(main, command, catch_exceptions=False).stdout

    return screen


def verdict(text, **changes):
    """A verdict that quotes the whole text wherever it can."""
    whole = Span(0, len(text), text)
    made = Verdict(
        "a",
        True,
        (ActivityScore("loan-scam", 0.9),),
        Stance.OFFER,
        0.9,
        (FeatureHit("f", "甲", "乙", "strong", None, None, (whole, Span(0, 1, text[:1]))),),
        (Rewriting(0, len(text), text, text, "glyphs"),),
        whole,
        {"loan-scam": "1.0.0"},
        (Weight("f", 1.0), Weight("123", 0.5), Weight("黑户", 0.5), Weight("⏎黑", 0.1)),
    )
    return msgspec.structs.replace(made, **changes)


def strings(value):
    """Every string in a parsed line."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def written(verdict, text, *, reveal=False):
    return json.loads(msgspec.json.encode(line(verdict, text, reveal=reveal)))


def test_every_quotation_is_masked():
    told = written(verdict(TEXT), TEXT)
    assert not any(PHONE in text or HANDLE in text or "1234" in text for text in strings(told))
    shown = TEXT.replace(PHONE, "138••••0000").replace(HANDLE, "ab•••••5")
    assert told["decided_by"] == {"start": 0, "end": len(TEXT), "text": shown}
    assert [span["text"] for span in told["features"][0]["spans"]] == [shown, "黑"]
    assert told["rewritings"][0]["text"] == shown
    assert "•" in told["rewritings"][0]["became"]
    assert [weight["what"] for weight in told["weights"]] == ["f", "•••", "黑户", "⏎黑"]


def test_indicators_are_told():
    told = written(verdict(TEXT), TEXT)["indicators"]
    assert [(one["kind"], one["value"], one["personal"]) for one in told] == [
        ("wechat", "ab•••••5", True),
        ("phone", "138••••0000", True),
        ("link", "evil.com/138••••0000", False),
        ("phone", "138••••0000", True),
    ]
    for one in told:
        assert len(one["value"]) == one["end"] - one["start"]
        assert one["canonical"] == one["value"]


def test_revealed_all_stands_as_it_is():
    text, made = TEXT, verdict(TEXT)
    told = written(made, text, reveal=True)
    found = told.pop("indicators")
    assert told == json.loads(msgspec.json.encode(made))
    assert found == json.loads(msgspec.json.encode(find_indicators(text)))


@pytest.mark.parametrize("reveal", [True, False])
def test_a_clear_verdict_about_nothing_is_as_it_was(reveal):
    plain = verdict(TEXT, suspect=False, activities=(), features=(), decided_by=None)
    assert line(plain, TEXT, reveal=reveal) is plain


@pytest.mark.parametrize(
    "changes",
    [{"suspect": None, "activities": ()}, {"suspect": False}, {"suspect": False, "activities": ()}],
)
def test_any_other_verdict_has_indicators(changes):
    told = written(verdict(TEXT, **changes), TEXT)
    assert len(told["indicators"]) == 4
    assert not any(PHONE in text for text in strings(told))


@pytest.mark.parametrize("reveal", [True, False])
def test_a_lone_surrogate_can_be_written(reveal):
    text = f"微信ab\ud800c12345,{TEXT}"
    quoting = verdict(text.replace("\ud800", "\ufffd"))
    told = written(quoting, text, reveal=reveal)
    assert "\ufffd" in told["indicators"][0]["value"]


def test_the_verdict_itself_is_unchanged():
    made = verdict(TEXT)
    line(made, TEXT, reveal=False)
    assert made == verdict(TEXT)


def test_screen_masks(screen):
    output = screen(TEXT, PLAIN)
    assert PHONE not in output
    assert HANDLE not in output
    told, plain = (json.loads(row) for row in output.splitlines())
    assert [one["kind"] for one in told["indicators"]] == ["wechat", "phone", "link", "phone"]
    assert "微信ab•••••5" in [span["text"] for f in told["features"] for span in f["spans"]]
    assert "indicators" not in plain


def test_screen_reveals(screen):
    told = json.loads(screen(TEXT, options=["--reveal"]))
    assert [one["value"] for one in told["indicators"]][:2] == [HANDLE, PHONE]
    assert f"微信{HANDLE}" in [span["text"] for f in told["features"] for span in f["spans"]]
    assert all(TEXT[one["start"] : one["end"]] == one["value"] for one in told["indicators"])


def test_table_reveals_only_when_asked(screen):
    assert "138••••0000" in screen(PLAIN, options=["--format", "table"])
    assert PHONE in screen(PLAIN, options=["--format", "table", "--reveal"])


@pytest.mark.slow
@pytest.mark.parametrize("reveal", [True, False])
def test_html_reveals_only_when_asked(screen, tmp_path, reveal):
    path = tmp_path / "report.html"
    screen(TEXT, options=["--format", "html", "--output", str(path), *["--reveal"] * reveal])
    page = path.read_text(encoding="utf-8")
    assert (PHONE in page, "138••••0000" in page) == (reveal, not reveal)


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--reveal",)], ids=["masked", "revealed"])
def test_two_workers_write_the_same(screen, options):
    one, two = (
        screen(TEXT, PLAIN, options=[*options, "--workers", str(workers)]) for workers in (1, 2)
    )
    assert one == two
