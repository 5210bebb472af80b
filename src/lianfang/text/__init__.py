"""Text as arrays: normalised, scanned, cut into units, with the way back to the original."""
