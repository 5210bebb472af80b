"""The institution's people: who they are, what they may do, for which purposes."""
