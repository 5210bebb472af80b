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
PALETTE = TEMPLATES / "palette.css"
"""Colours for light and dark that every page shares."""


def render(summary: Summary, context: dict[str, Any]) -> str:
    """The whole page."""
    environment = environment_of(TEMPLATES)
    known = {"w": summary.words, "summary": summary, "lang": summary.lang, **context}
    guides = environment.get_template("guide.html.j2").make_module(known)

    @cache
    def brief(name: str, steps: bool) -> Markup:  # noqa: FBT001  called by a template
        """What to do: the same under each card of a guide, so made once."""
        made: Markup = guides.brief(summary.guides[name], steps)  # type: ignore[attr-defined]
        return made

    template = environment.get_template("report.html.j2")
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    return template.render(known, brief=brief, **inline(TEMPLATES / "report.css", script))


def inline(style: Path, script: str = "") -> dict[str, Markup | str]:
    """A page's style after the palette, its script, and the policy that lets in nothing else."""
    sheets = (PALETTE.read_text(encoding="utf-8"), style.read_text(encoding="utf-8"))
    # Our own files, not input: markup on purpose.
    return {
        "script": Markup(script),  # noqa: S704
        "style": Markup("".join(sheets)),  # noqa: S704
        "policy": policy(script),
    }


def policy(script: str) -> str:
    """A Content-Security-Policy: no request, and no script but this one, if there is one."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = f"'sha256-{digest}'" if script else "'none'"
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src {allowed}; base-uri 'none'; form-action 'none'"
    )


def environment_of(templates: Path) -> Environment:
    """Templates of a folder: everything that they are given is escaped, nothing may be missing."""
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"visible": visible, "plain": plain, "number": "{:,}".format}
    return made
