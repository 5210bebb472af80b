"""What this institution changed of the guides for itself: switches and thresholds."""
