"""Crawls that are killed, stopped and starved of disk, and what is then lost, doubled or torn."""
