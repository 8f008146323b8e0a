"""Many sites at once: which run is next, what came of them, and what kills lose."""
