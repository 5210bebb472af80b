"""Files and standard input as rows of text, streamed; what can't be read is told row by row."""

from lianfang.files.rejects import RejectWriter
from lianfang.files.rows import Item, Reject, Row, Wanted
from lianfang.files.sniff import FORMATS
from lianfang.files.source import Source, open_source

__all__ = ["FORMATS", "Item", "Reject", "RejectWriter", "Row", "Source", "Wanted", "open_source"]
