"""Log lines without what users wrote: exceptions are told by type and place alone."""

from __future__ import annotations

import logging
import traceback


class Bare(logging.Filter):
    """Strips messages and local values from the exceptions of log records."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            frames = traceback.extract_tb(trace)
            places = ", ".join(f"{frame.name}:{frame.lineno}" for frame in frames[-4:])
            record.msg, record.args = f"{kind.__name__} in {places}", ()
            record.exc_info = record.exc_text = None
        return True
