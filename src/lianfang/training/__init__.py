"""Weights learned from labelled lines: read, fitted, tried on authors held out, written."""
