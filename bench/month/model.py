"""What a month consists of."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 (msgspec reads the annotations)
from typing import TypeAlias

import msgspec


class Month(msgspec.Struct, frozen=True):
    """The days that are filled: the first, and how many."""

    start: date
    days: int


class Personal(msgspec.Struct, frozen=True, gc=False):
    """A personal value as it stands in a text (`value`) and in its plain form (`plain`).

    Attributes:
        kind: name, mobile, wechat, qq, card, id_card, email or account.
    """

    kind: str
    value: str
    plain: str


class Meaning(msgspec.Struct, frozen=True, gc=False):
    """What the generator meant.

    Attributes:
        kind: as in shares.yaml, such as `everyday`.
        intention: as in shares.yaml, such as `ordinary`.
        activity: id of a guide where the text offers or does something of it, else "".
        wave: number of the wave that reposts the text from 0, else None.
    """

    kind: str
    intention: str
    activity: str = ""
    wave: int | None = None


class Post(msgspec.Struct, frozen=True):
    """A post on a platform."""

    time: datetime
    platform: str
    account: str
    link: str
    text: str
    meaning: Meaning
    personal: tuple[Personal, ...]


class Message(msgspec.Struct, frozen=True):
    """A text message that a customer reported; `number` is the sender's."""

    time: datetime
    number: str
    text: str
    meaning: Meaning
    personal: tuple[Personal, ...]


class Call(msgspec.Struct, frozen=True):
    """A recorded call, one turn a line, each begun by 客服： or 客户：."""

    time: datetime
    call_id: str
    agent: str
    text: str
    meaning: Meaning
    personal: tuple[Personal, ...]


class Letter(msgspec.Struct, frozen=True):
    """A complaint; `account` is the number of the loan contract."""

    time: datetime
    channel: str
    name: str
    phone: str
    account: str
    text: str
    meaning: Meaning
    personal: tuple[Personal, ...]


Item: TypeAlias = Post | Message | Call | Letter
