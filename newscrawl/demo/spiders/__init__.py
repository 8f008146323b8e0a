"""Spiders of the sample outlets: declarations alone."""
