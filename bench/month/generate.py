"""Write a month into a folder: two CSV files, two JSONL files, and what they should give."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import msgspec

from bench.month.ledger import Ledger
from bench.month.shares import apportion
from bench.month.streams import calls, letters, messages, posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from bench.month.model import Call, Letter, Message, Month, Post

FILES = (
    "posts.csv",
    "messages.csv",
    "calls.jsonl",
    "letters.jsonl",
    "expected.json",
    "personal.json",
)
POST_COLUMNS = ("平台", "账号", "链接", "发布时间", "正文")
MESSAGE_COLUMNS = ("时间", "号码", "内容")
ZONE = "+08:00"


def write(folder: Path, seed: int, month: Month, items: int) -> None:
    """Write `FILES`; the same arguments give the same bytes.

    Args:
        folder: made if it isn't there; files of these names are overwritten.
        seed: any whole number.
        month: the days to fill.
        items: of all four kinds together.

    Raises:
        OSError: the folder can't be made or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with Ledger(folder / "personal.json") as ledger:
        _write_texts(folder, seed, month, apportion(items), ledger)
    told = {
        "seed": seed,
        "start": month.start.isoformat(),
        "days": month.days,
        "items": items,
        **ledger.expected(),
    }
    as_json = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (folder / "expected.json").write_text(as_json, encoding="utf-8", newline="\n")


def _write_texts(
    folder: Path, seed: int, month: Month, counts: Mapping[str, int], ledger: Ledger
) -> None:
    told = ledger.told
    rows = map(_post, told("posts", posts(seed, counts["posts"], month)))
    _write_csv(folder / "posts.csv", "utf-8-sig", POST_COLUMNS, rows)
    rows = map(_message, told("messages", messages(seed, counts["messages"], month)))
    _write_csv(folder / "messages.csv", "gb18030", MESSAGE_COLUMNS, rows)
    lines = map(_call, told("calls", calls(seed, counts["calls"], month)))
    _write_jsonl(folder / "calls.jsonl", lines)
    lines = map(_letter, told("letters", letters(seed, counts["letters"], month)))
    _write_jsonl(folder / "letters.jsonl", lines)


def _post(post: Post) -> Sequence[str]:
    return post.platform, post.account, post.link, str(post.time), post.text


def _message(message: Message) -> Sequence[str]:
    return str(message.time), message.number, message.text


def _call(call: Call) -> dict[str, str]:
    time = call.time.isoformat() + ZONE
    return {"time": time, "call_id": call.call_id, "agent": call.agent, "text": call.text}


def _letter(letter: Letter) -> dict[str, str]:
    return {
        "received": letter.time.isoformat() + ZONE,
        "channel": letter.channel,
        "name": letter.name,
        "phone": letter.phone,
        "account": letter.account,
        "text": letter.text,
    }


def _write_csv(
    file: Path, encoding: str, columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    with file.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(rows)


def _write_jsonl(file: Path, lines: Iterable[dict[str, str]]) -> None:
    with file.open("wb") as stream:
        for line in lines:
            stream.write(msgspec.json.encode(line) + b"\n")
