"""A synthetic month of one consumer-finance company: texts whose meaning is known."""
