"""How to read each table of the report."""

from __future__ import annotations

INTRODUCTION = """\
Written by `python -m bench.quality`; don't edit. Shares carry their 95 % Wilson interval and
their counts. A bar is passed by the interval's worse end. `floor` is a plain list of trade
words (`bench/quality/floor.py`) on the same texts. Where the screener leaves a text to a
person (`suspect` is null), that counts neither as found nor as a false alarm.
"""
ACTIVITIES = """\
Recall counts offending lines that are called suspect *and* given this activity's name; the
next column, those called suspect under any name. Precision is that of the held-out mix, in
which a third of the lines offend and the innocent ones were written to look alike: it says
how hard the lines are, not what an institution will see (for that see below). Hard false
alarms are alarms on innocent held-out lines about the activity."""
PRECISION = """\
Of the texts called suspect, the share that offend, where this part of all texts does: from
recall on held-out lines and false alarms on ordinary messages. In brackets the worse end:
recall at its lowest and false alarms at their highest, both at once."""
STANCES = """\
`suspect` is recall for the first three stances, false alarms for the others. `told rightly`
is the share of lines whose stance was named, `precision` the share of lines told this stance
that have it."""
PAIRS = """\
Two texts of nearly the same words, of which one offends. Both right: the offending side is
suspect and the other clear; a null on either side fails the pair."""
ATTACKS = """\
Each line that the method has right is set beside caution sentences, before, after and in the
same sentence; at most 4,000 texts each, sampled with a fixed seed. Texts of one line aren't
independent: the honest interval is that of whole lines, right under every caution tried."""
DISGUISES = """\
One to three trade words of a text are spelled in another way (`bench/quality/kinds.py`, with tables
written by hand, apart from those that undo disguises); mixed is one or two ways in one text. What
is drawn hangs on the text, the way and a fixed seed. Shares are of the texts that hold a word which
the way can hide; any other stays as it is. The change has Tango's 95 % score interval for paired
shares, in which versions of one text count once. Doubled characters leave the word standing,
jargon puts another. First what offends, then innocent held-out texts and ordinary messages."""
DEVELOPMENT = """\
The guides' own corpora: their authors wrote or saw these lines, so these numbers say how well
the guides do what they were made for, and the gap to the tables above how far that carries."""
