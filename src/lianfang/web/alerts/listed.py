"""An alert as the queue lists it: most of a page is this; a template takes five times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

from lianfang.web.alerts.addresses import alert_url
from lianfang.web.alerts.filters import SNOOZED
from lianfang.web.alerts.models import Queue, State
from lianfang.web.core.words import say
from lianfang.web.intake.naming import named
from lianfang.web.intake.showing import Piece, marked, pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.safestring import SafeString

    from lianfang.web.alerts.filters import Asked
    from lianfang.web.alerts.models import Alert

EXCERPT = 160
"""Characters of a text."""

_ROW = """\
<li class="{sides}">
  {tick}
  <a href="{url}" data-row>
    <span class="tags"><b class="stance">{stance}</b> <span class="activity">{activity}</span>
      <span class="sureness">{sureness}</span></span>
    <span class="said" lang="zh-CN">{text}</span>
    <span class="meta">{source} · {kind} · <time datetime="{at}">{day}</time>{more}</span>
  </a>
</li>
"""
_TICK = (
    '<label class="tick"><span class="unseen">{} {}</span>'
    '<input type="checkbox" name="ticked" value="{}.{}"></label>'
)


def row(alert: Alert, asked: Asked, *, ticked: bool) -> SafeString:
    """An alert of a filter as one of its list.

    Args:
        alert: as `selectors.page` gives it.
        asked: the filter, to come back to.
        ticked: whether the reader may choose it to decide upon.
    """
    at, acts = localtime(alert.made_at), alert.queue == Queue.ACT
    sureness = f"{say('sure' if alert.sure else 'unsure')} {alert.score:.2f}" if acts else ""
    tick = format_html(_TICK, say("tick_row"), alert.pk, alert.pk, alert.version)
    return format_html(
        _ROW,
        sides=f"{alert.queue} sure" if alert.sure else alert.queue,
        tick=tick if ticked else "",
        url=alert_url(alert.pk, asked),
        stance=say(f"stance_{alert.stance}"),
        activity=named(alert.activity),
        sureness=sureness,
        text=_text(alert),
        source=alert.item.source.name,
        kind=say(f"kind_{alert.kind}"),
        at=at.isoformat(),
        day=f"{at:%m-%d %H:%M}",
        more=format_html_join("", " · {}", ((one,) for one in _more(alert, asked))),
    )


def _more(alert: Alert, asked: Asked) -> Iterator[str]:
    """What isn't said of every alert."""
    if alert.count > 1:
        yield format_html("<b>×{}</b>", alert.count)
    if alert.state != State.OPEN:
        yield say(f"state_{alert.state}")
    if alert.assigned_to:
        yield format_html("<b>{}</b>", alert.assigned_to)
    if alert.snoozed_until and asked.state == SNOOZED:
        yield f"→ {localtime(alert.snoozed_until):%m-%d}"


def _text(alert: Alert) -> SafeString:
    """The beginning, with its marks."""
    text, features = alert.item.text, getattr(alert, "features", None) or []
    more = [Piece("…")] if len(text) > EXCERPT else []
    return marked([*pieces(text[:EXCERPT], _within(features)), *more])


def _within(features: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Features with their spans cut to the excerpt."""
    return [
        {
            **hit,
            "spans": [
                {"start": span["start"], "end": min(span["end"], EXCERPT)}
                for span in hit["spans"]
                if span["start"] < EXCERPT
            ],
        }
        for hit in features
    ]
