"""The guides as people keep them: one outline of each, for a terminal, as HTML and as PDF."""

from lianfang.handbook.write import write_guide, write_handbook

__all__ = ["write_guide", "write_handbook"]
