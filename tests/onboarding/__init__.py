"""Bringing sites in: saved pages, checks, spiders' files."""
