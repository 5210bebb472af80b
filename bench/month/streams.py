"""The four streams of a month: as many items as asked for, in the order of their times.

The same seed, count and month give the same items; nothing but the next item is kept.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bench.month.clock import times
from bench.month.grammar import grammar
from bench.month.model import Call, Letter, Message, Post
from bench.month.people import fill
from bench.month.shares import Draw
from bench.month.texts import Texts
from bench.month.waves import waves

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from bench.month.model import Month, Personal
    from bench.month.waves import Wave

PLATFORMS = {
    ("短视频平台甲", "dsp-jia"): 30,
    ("图文社区乙", "tuwen-yi"): 25,
    ("短视频平台丙", "dsp-bing"): 20,
    ("即时通讯公众号丁", "gzh-ding"): 15,
    ("论坛戊", "bbs-wu"): 10,
}
"""A platform's name and host, and its share."""

_PLATFORM = Draw({f"{name} {host}": share for (name, host), share in PLATFORMS.items()})
_SENDERS = {"ordinary": "{sender_lawful}", "act": "{sender_shady}", "offer": "{sender_shady}"}
_FIELDS = ("<name>", "<mobile>", "<account>")
_DISTURBED = 0.5
"""Of reposts, the share to which a sign is added so that copies aren't the same."""


def posts(seed: int, count: int, month: Month) -> Iterator[Post]:
    """Posts and adverts on platforms, some in waves."""
    rng = Random(f"{seed}/posts")
    texts = Texts("posts", rng)
    plan = waves(count, texts, rng)
    for moment, wave in zip(times("posts", count, month, rng), plan, strict=True):
        yield _reposted(moment, wave, rng) if wave else _posted(moment, texts, rng)


def messages(seed: int, count: int, month: Month) -> Iterator[Message]:
    """Text messages that customers reported."""
    rng = Random(f"{seed}/messages")
    texts = Texts("messages", rng)
    for moment in times("messages", count, month, rng):
        text, meaning = texts.draw()
        known: dict[str, Personal] = {}
        text = fill(text, rng, known)
        everyday = meaning.kind == "everyday" and not text.startswith("【")
        slot = "{sender_friend}" if everyday else _SENDERS[meaning.intention]
        number = fill(grammar().expand(slot, rng), rng, known)
        yield Message(moment, number, text, meaning, tuple(known.values()))


def calls(seed: int, count: int, month: Month) -> Iterator[Call]:
    """Transcripts of service and collection."""
    rng = Random(f"{seed}/calls")
    texts = Texts("calls", rng)
    for number, moment in enumerate(times("calls", count, month, rng), 1):
        text, meaning = texts.draw()
        agent = grammar().expand("{staff}", rng)
        known: dict[str, Personal] = {}
        text = fill(text.replace("<agent>", agent), rng, known)
        call_id = f"C{moment:%Y%m%d}{number:07d}"
        yield Call(moment, call_id, f"A{agent}", text, meaning, tuple(known.values()))


def letters(seed: int, count: int, month: Month) -> Iterator[Letter]:
    """Complaints; name, phone and account of a letter are those in its text."""
    rng = Random(f"{seed}/letters")
    texts = Texts("letters", rng)
    for place, moment in enumerate(times("letters", count, month, rng)):
        text, meaning = texts.draw(at=place / count)
        known: dict[str, Personal] = {}
        text = fill(text, rng, known)
        name, phone, account = (fill(mark, rng, known) for mark in _FIELDS)
        channel = grammar().expand("{channel}", rng)
        yield Letter(moment, channel, name, phone, account, text, meaning, (*known.values(),))


def _posted(moment: datetime, texts: Texts, rng: Random) -> Post:
    text, meaning = texts.draw()
    known: dict[str, Personal] = {}
    text = fill(text, rng, known)
    slot = "{shop}" if meaning.intention == "offer" else "{handle}"
    account = grammar().expand(slot, rng)
    platform, link = _place(rng)
    return Post(moment, platform, account, link, text, meaning, tuple(known.values()))


def _reposted(moment: datetime, wave: Wave, rng: Random) -> Post:
    poster = rng.choice(wave.posters)
    text = fill(wave.text, rng, poster.known)
    if rng.random() < _DISTURBED:
        text += grammar().expand("{decor}", rng)
    platform, link = _place(rng)
    meaning = replace(wave.meaning, wave=wave.number)
    personal = tuple(poster.known.values())
    return Post(moment, platform, poster.account, link, text, meaning, personal)


def _place(rng: Random) -> tuple[str, str]:
    platform, host = _PLATFORM(rng).split()
    return platform, grammar().expand(f"https://{host}.example/p/{{path}}", rng)
