"""Messages about sites in trouble: when one is due, and how it is sent."""
