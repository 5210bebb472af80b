"""Pages of intake: sources and what was sent, a delivery, its columns, its rows, its items."""
