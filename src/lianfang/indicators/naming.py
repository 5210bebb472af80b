"""A person's id on a platform, and what stands between it and the platform's name."""

from __future__ import annotations

ID = r"[a-z][a-z0-9_-]{4,19}"
GLUE = r"[^\u4e00-\u9fffa-z0-9]{0,4}(?:号码?|账?号|id)?[^\u4e00-\u9fffa-z0-9]{0,4}"
