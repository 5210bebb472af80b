"""Guides, text and indicators together: a verdict with its reasons."""

from lianfang.screening.screener import Screener

__all__ = ["Screener"]
