"""How fast the screener is, beside its peers in the same run, and what memory it takes."""
