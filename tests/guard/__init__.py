"""The guard: pure functions."""
