"""Templates, style and script made into one page, with the policy that guards it."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lianfang.report.visible import plain, visible

if TYPE_CHECKING:
    from lianfang.report.summary import Summary

TEMPLATES = Path(__file__).parent / "templates"


def render(summary: Summary, context: dict[str, Any]) -> str:
    """The whole page."""
    environment = _environment()
    known = {"w": summary.words, "summary": summary, "lang": summary.lang, **context}
    guides = environment.get_template("guide.html.j2").make_module(known)

    @cache
    def brief(name: str, steps: bool) -> Markup:  # noqa: FBT001  called by a template
        """What to do: the same under each card of a guide, so made once."""
        made: Markup = guides.brief(summary.guides[name], steps)  # type: ignore[attr-defined]
        return made

    template = environment.get_template("report.html.j2")
    return template.render(known, brief=brief, **_inline())


def _inline() -> dict[str, Markup | str]:
    """Style and script as they stand between their tags, and the page's policy."""
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    # Our own files, not input: markup on purpose.
    return {"script": Markup(script), "style": Markup(style), "policy": policy(script)}  # noqa: S704


def policy(script: str) -> str:
    """A Content-Security-Policy: no request, and no script but this one."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"visible": visible, "plain": plain, "number": "{:,}".format}
    return made
