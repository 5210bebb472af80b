"""Pages of people, sessions, the record and its alarms."""
