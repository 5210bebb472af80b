"""How soon a served site answers programs."""
