"""Matches of a batch by daachorse, and the sets they count in, by plain loops."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

import daachorse

from lianfang.screening.layout import Layout
from lianfang.text.stream import HIDDEN_GAP, SPACE_GAP, WEAK_GAP
from lianfang.text.tables import Class
from lianfang.text.units import Units


class Finds:
    """`rows[text]` holds (start, end, pattern, set) of each match and set that it counts in."""

    def __init__(self, program, texts):
        self.program, self.stream = program, Layout(program).read(texts)
        automaton = daachorse.CharwiseDoubleArrayAhoCorasick(list(program.patterns))
        self.matches = [
            match for match in automaton.find_overlapping(self.stream.text) if self._is_word(*match)
        ]
        self._sets, self._exceptions = {}, {}
        for table, into in ((program.leads, self._sets), (program.exceptions, self._exceptions)):
            for pattern, number in table.tolist():
                into.setdefault(pattern, []).append(number)
        owners = [sorted(self._rows(first, last)) for first, last in self._bounds()]
        self.rows = owners

    @cached_property
    def units(self):
        return Units(self.stream)

    def _bounds(self):
        starts = self.stream.starts.tolist()
        return list(pairwise(starts))

    def _rows(self, first, last):
        mine = [match for match in self.matches if first <= match[0] < last]
        covers = [
            (start, end, number)
            for start, end, pattern in mine
            for number in self._exceptions.get(pattern, [])
        ]
        for start, end, pattern in mine:
            for number in self._sets.get(pattern, []):
                if not any(a <= start and end <= b and n == number for a, b, n in covers):
                    yield start, end, pattern, number

    def _is_word(self, start, end, pattern):
        word, text = self.program.patterns[pattern], self.stream.text
        classes = self.stream.classes
        before, after = text[start - 1] if start else "", text[end]
        if word[0] in "0123456789" and before in set("0123456789"):
            return False
        if word[-1] in "0123456789" and after in set("0123456789"):
            return False
        if word.isascii() and word[0].isalnum():
            alnum = [kind == Class.ALNUM for kind in classes]
            if start and alnum[start - 1] and alnum[start]:
                return False
            if alnum[end] and alnum[end - 1]:
                return False
        gaps = [i for i in range(start + 1, end) if self.stream.gap[i] == SPACE_GAP]
        cuts = [start, *gaps, end]
        pieces = [b - a for a, b in pairwise(cuts)]
        return len(pieces) == 1 or min(pieces) > 1 or (max(pieces) == 1 and len(pieces) > 2)

    def disguised(self, text):
        """Places of one text that stand only after a rewriting."""
        gap = self.stream.gap
        return [
            (start, end)
            for start, end, pattern, _ in self.rows[text]
            if self.program.stands_for[pattern]
            or any(gap[i] in {WEAK_GAP, HIDDEN_GAP} for i in range(start + 1, end))
            or self.stream.undone[start:end].any()
        ]
