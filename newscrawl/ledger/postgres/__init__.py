"""The ledger in PostgreSQL, for several machines: the statements of ../sqlite, spoken in PostgreSQL's dialect.

One writer at a time, as in SQLite: each transaction that writes begins with one advisory lock. So numbers of the outbox
become visible in their order, and what is looked up stays true until the commit.
"""
