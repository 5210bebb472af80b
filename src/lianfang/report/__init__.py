"""What people look at: one HTML file with every verdict and its reasons."""

from lianfang.indicators.mask import mask
from lianfang.report.page import write_report

__all__ = ["mask", "write_report"]
