"""Programs that work with the site: their tokens, what they may do, and what they are told."""
