"""Measurements of Lianfang: how well it screens, and how fast."""
