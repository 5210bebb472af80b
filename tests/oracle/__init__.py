"""Conditions evaluated by plain Python, one text at a time: what the compiled loops must give."""

from oracle.conditions import fire
from oracle.finds import Finds
from oracle.reading import Reading

__all__ = ["Finds", "Reading", "fire", "fired"]


def fired(program, texts):
    """For each rule the texts in which it fires, every pair tried."""
    finds = Finds(program, texts)
    readings = [Reading(finds, number) for number in range(len(texts))]
    return {
        rule.id: frozenset(
            n for n, reading in enumerate(readings) if fire(rule, reading) is not None
        )
        for rule in program.rules
    }
