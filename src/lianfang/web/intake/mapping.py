"""What the columns of a file mean: known by their names, or said once for a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from lianfang.errors import InputError
from lianfang.files.tables import Look, look
from lianfang.web.core.audit import record
from lianfang.web.intake.columns import TEXT, meanings, recognised, wanted
from lianfang.web.intake.models import Delivery, Mapping, Profile, State
from lianfang.web.intake.opening import Opened, first_of, opened
from lianfang.web.intake.queueing import queue
from lianfang.web.vault.services import keyed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianfang.files import Wanted
    from lianfang.web.institution.models import User

SEPARATOR = "\x1f"
SHOWN_ROWS = 8


class Columns(NamedTuple):
    """How the rows of a file are read; as names of columns, None for those of lines of text."""

    text: str | None
    others: tuple[Wanted, ...]


class Asked(NamedTuple):
    """How a file begins, what its columns hold as far as is known, and who said so, if anybody."""

    look: Look
    fields: list[str]
    profile: Profile | None


def columns_of(delivery: Delivery, own: Opened) -> Columns | None:
    """How a delivery is read; None where somebody must say what its columns mean.

    The rows of a file of mended ones are those of the file they are of.
    """
    first = first_of(delivery)
    if first != delivery:
        with opened(first) as others:
            return columns_of(first, others)
    found = look(*own, rows=0)
    profile = _profile(delivery, found.names)
    fields, known = recognised(delivery.source.kind, found.names)
    if found.names and not (known or profile):
        return None
    fields = profile.fields if profile else fields
    text = found.names[fields.index(TEXT)] if found.names else None
    return Columns(text, wanted(delivery.source.kind, found.names, fields))


def asked(delivery: Delivery) -> Asked:
    """What somebody is shown who says what the columns mean.

    Raises:
        LianfangError: the file can't be read.
    """
    with opened(delivery) as own:
        found = look(*own, rows=SHOWN_ROWS)
    profile = _known(delivery, found.names)
    fields, _ = recognised(delivery.source.kind, found.names)
    return Asked(found, profile.fields if profile else fields, profile)


def say_columns(*, delivery: Delivery, fields: Sequence[str], user: User) -> Profile:
    """Keep what the columns mean, for this file if it isn't read yet, and for later ones.

    Raises:
        InputError: not one text, two columns of one meaning, or not this file's columns.
    """
    names = asked(delivery).look.names
    _check(delivery.source.kind, names, fields)
    with transaction.atomic():
        profile = Profile.objects.create(
            source=delivery.source,
            purpose=delivery.purpose,
            header=header(delivery.purpose, names),
            fields=list(fields),
            made_by=user,
        )
        record(who=user.username, what="profile.add", object_=str(profile.pk))
        if reads_anew(delivery):
            Mapping.objects.create(delivery=delivery, profile=profile, purpose=delivery.purpose)
            queue(delivery)
    return profile


def reads_anew(delivery: Delivery) -> bool:
    """Have a file wait for a worker whose columns weren't known, or that failed."""
    ready = Delivery.objects.filter(pk=delivery.pk, state__in=(State.MAPPING, State.FAILED))
    return bool(ready.update(state=State.WAITING, problem="", ended_at=None))


def header(purpose: str, names: Sequence[str]) -> bytes:
    """A digest of the columns' names; they may be somebody's words."""
    said = SEPARATOR.join(("header", *names))
    return keyed(purpose=purpose, content=said.encode("utf-8", "surrogatepass"))


def _profile(delivery: Delivery, names: Sequence[str]) -> Profile | None:
    """The profile by which a delivery is read, and from now on always is."""
    profile = _known(delivery, names)
    if profile and not delivery.mappings.exists():
        Mapping.objects.create(delivery=delivery, profile=profile, purpose=delivery.purpose)
    return profile


def _known(delivery: Delivery, names: Sequence[str]) -> Profile | None:
    """The profile that was chosen for a delivery, or else the last of its source and header."""
    mapping = delivery.mappings.select_related("profile").last()
    if mapping or not names:
        return mapping.profile if mapping else None
    of = header(delivery.purpose, names)
    return Profile.objects.filter(source=delivery.source_id, header=of).first()


def _check(kind: str, names: Sequence[str], fields: Sequence[str]) -> None:
    said = [field for field in fields if field]
    if len(fields) != len(names) or set(said) - set(meanings(kind)):
        raise InputError("not this file's columns", do="load the page again")
    if said.count(TEXT) != 1:
        raise InputError("no text", do="say of one column that it holds the text")
    if len(said) != len(set(said)):
        raise InputError("two columns of one meaning", do="leave one of them out")
