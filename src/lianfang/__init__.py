"""Lianfang (联防): guides that run, and screening against the financial black-grey market."""

from lianfang.model import ActivityScore, FeatureHit, Rewriting, Span, Stance, Verdict
from lianfang.screening import Screener

__all__ = [
    "ActivityScore",
    "FeatureHit",
    "Rewriting",
    "Screener",
    "Span",
    "Stance",
    "Verdict",
]
