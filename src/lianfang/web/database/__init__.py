"""The PostgreSQL database of the platform."""
