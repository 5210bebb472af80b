"""Text that can be written: Python's strings may hold what UTF-8 can't."""

from __future__ import annotations

import re

SURROGATE = re.compile("[\ud800-\udfff]")


def writable(text: str) -> str:
    """A text that can be written as UTF-8: a lone surrogate becomes U+FFFD."""
    return text if text.isprintable() else SURROGATE.sub("\ufffd", text)
