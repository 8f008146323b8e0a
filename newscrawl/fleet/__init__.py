"""Many sites, a run in a process of its own for each: which there are, when each is due, what came of them."""
