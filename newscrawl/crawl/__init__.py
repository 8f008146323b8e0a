"""One run of one spider: what it asks for, how each URL is settled, what it learns of its site, how it ends."""
