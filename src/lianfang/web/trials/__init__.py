"""Guides tried over what was taken in: what would change, before it does."""
