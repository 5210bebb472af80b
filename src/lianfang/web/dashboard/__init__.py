"""What the month looks like: alerts, times, work in hand."""
