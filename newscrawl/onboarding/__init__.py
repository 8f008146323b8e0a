"""Bringing a site in: what a survey of it found, its spider's file, saved pages and what they must give."""
