"""What programs may do with texts: have them screened, send them, ask how far they are."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import HeaderEx, P, Router

from lianfang.client import model
from lianfang.lines import line
from lianfang.web.clients.api import (
    JSON,
    MULTIPART,
    answer,
    caller_of,
    operation,
    schema_of,
    sent,
)
from lianfang.web.clients.errors import UnfitError, WrongFormError
from lianfang.web.clients.once import once
from lianfang.web.core.audit import record
from lianfang.web.guidance.screening import LocalScreener
from lianfang.web.guidance.selectors import current
from lianfang.web.intake.models import Delivery, Source
from lianfang.web.intake.services import deliver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from lianfang.model import Line
    from lianfang.web.clients.once import Made

router = Router()
PIECE = 1 << 16
ONE_FILE = {
    "type": "object",
    "properties": {"file": {"type": "string", "contentMediaType": "application/octet-stream"}},
    "required": ["file"],
}


@operation(
    router.post,
    "/screen",
    scope="screen",
    takes={JSON: schema_of(model.Texts)},
    gives={200: model.Screened},
    refuses=(415, 422),
)
def screen(request: HttpRequest) -> HttpResponse:
    """Screen some texts; nothing of them is kept.

    The verdicts are those of `lianfang screen`: personal numbers and handles are masked in what
    they quote.
    """
    texts = [
        (number, one, None) if isinstance(one, str) else (number, one.text, one.id)
        for number, one in enumerate(sent(request, model.Texts).texts, 1)
    ]
    rows = [(number if id_ is None else id_, text) for number, text, id_ in texts]
    verdicts = LocalScreener(current()).screen_rows(rows)
    told = (
        line(verdict, text, reveal=False) for verdict, (_, text) in zip(verdicts, rows, strict=True)
    )
    return answer(model.Screened(cast("tuple[Line, ...]", tuple(told))))


@operation(
    router.post,
    "/intake/{int:source}",
    scope="intake.write",
    takes={JSON: schema_of(model.Rows), MULTIPART: ONE_FILE},
    gives={202: model.Accepted},
    refuses=(404, 409, 415, 422),
)
def send(
    request: HttpRequest,
    source: int,
    key: HeaderEx[str, P(alias="Idempotency-Key", max_length=120)] = "",
) -> HttpResponse:
    """Send a file of a source, or rows of it; they are kept, and worked through in a while.

    With an Idempotency-Key the same request may be made again and is done once.
    """
    found = get_object_or_404(Source, pk=source)
    name, stream = _file(request)
    caller = caller_of(request)

    def make() -> Made:
        delivery, new = deliver(source=found, stream=stream, name=name, user=caller.user)
        who, number = f"token {caller.token.pk}", str(delivery.pk)
        record(who=who, what="client.send", object_=number, request=request)
        return delivery.pk, not new

    said = (f"{found.pk}\0{name}\0".encode(), *_pieces(stream))
    number, repeated = once(token=caller.token, key=key, sent=said, make=make)
    return answer(model.Accepted(number, repeated), 202)


@operation(
    router.get,
    "/intake/deliveries/{int:number}",
    scope="intake.read",
    gives={200: model.Delivery},
    refuses=(404,),
)
def delivery(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001
    """How far a file is."""
    found = get_object_or_404(Delivery, pk=number)
    return answer(
        model.Delivery(
            id=found.pk,
            source=found.source_id,
            state=found.state,
            share=found.share,
            added=found.added,
            repeated=found.repeated,
            refused=found.refused,
            suspect=found.suspect,
            problem=found.problem,
            sha256=found.sha256,
            made_at=found.made_at,
            ended_at=found.ended_at,
        )
    )


def _file(request: HttpRequest) -> tuple[str, BinaryIO]:
    """What was sent, as a file with a name."""
    if request.content_type == JSON:
        rows = sent(request, model.Rows)
        return f"{rows.name}.jsonl", io.BytesIO(msgspec.json.Encoder().encode_lines(rows.rows))
    if request.content_type != MULTIPART:
        do = f"send {MULTIPART} with a file, or {JSON}"
        raise WrongFormError("no file and no rows", where="Content-Type", do=do)
    file = request.FILES.get("file")
    if file is None or not file.name or len(request.FILES) != 1:
        raise UnfitError("not one file", where="file", do="send one file, called file")
    return file.name, cast("BinaryIO", file)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """All of a stream, which is then at its beginning again."""
    while piece := stream.read(PIECE):
        yield piece
    stream.seek(0)
