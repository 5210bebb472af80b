"""Guides as data: read, checked against their schemas, compiled for screening."""
