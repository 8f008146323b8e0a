"""The ledger in one SQLite file. All SQL of the ledger stands in this folder; another database is a folder beside it.

Plain sqlite3: the known-URL check is one prepared statement, and half of the statements lean on SQLite's partial
indexes and tables without row numbers, which a general layer would only spell longer.
"""
