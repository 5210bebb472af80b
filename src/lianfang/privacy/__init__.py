"""Personal values leave free text at intake; tokens stand in their places."""
