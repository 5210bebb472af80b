from __future__ import annotations

import base64
import hashlib
import re

import pytest

from lianfang.report.rendering import PALETTE, TEMPLATES

STYLE = "".join(path.read_text(encoding="utf-8") for path in (PALETTE, TEMPLATES / "report.css"))
MODES = re.findall(r":root \{\s*(--bg.*?)\}", STYLE, re.DOTALL)


@pytest.fixture
def html(write, suspect):
    return write([(suspect(), "黑户贷款加微信")])


def test_the_policy_names_the_one_script(html, read):
    page = read(html)
    [policy] = [m.attrs["content"] for m in page.all("meta") if m.attrs.get("http-equiv")]
    [script] = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert dict(part.split(" ", 1) for part in policy.split("; ")) == {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
        "script-src": f"'sha256-{digest}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_policy_stands_before_anything_that_it_guards(html):
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert html.index("Content-Security-Policy") < html.index("<link")


def test_nothing_is_fetched(html, read):
    page = read(html)
    for element in page.all():
        assert element.tag not in {"iframe", "object", "embed", "img", "base"}
        for name in ("src", "href", "action", "srcset", "poster", "data"):
            value = element.attrs.get(name)
            assert value is None or value.startswith(("#", "data:,"))
    assert "http://" not in html
    assert "https://" not in html
    assert "@import" not in STYLE
    assert "url(" not in STYLE


def test_no_script_stands_in_an_attribute(html, read):
    assert not [e for e in read(html).all() for name in e.attrs if name.startswith("on")]


def _brightness(colour):
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, other):
    """Contrast of two colours, as WCAG 2.2 defines it."""
    low, high = sorted((_brightness(one), _brightness(other)))
    return (high + 0.05) / (low + 0.05)


KINDS = ("suspect", "look", "about", "clear")
PAIRS = [
    *[("ink", under) for under in ("bg", "paper", "faint")],
    *[("ink", f"mark-{side}") for side in ("offends", "topic", "eases")],
    *[("soft", under) for under in ("bg", "paper", "faint")],
    *[("brand", under) for under in ("bg", "paper")],
    *[(kind, under) for kind in KINDS for under in ("paper", f"{kind}-bg")],
    ("on-band", "band"),
    ("on-band-soft", "band"),
]


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "under"), PAIRS)
def test_contrast_is_enough_to_read(mode, text, under):
    colours = dict(re.findall(r"--([\w-]+): (#\w+)", MODES[mode]))
    assert _contrast(colours[text], colours[under]) >= 4.5
