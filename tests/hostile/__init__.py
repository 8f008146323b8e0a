"""Pages that are malformed or odd, small ones all, and mutations of good ones. Knows nothing of newscrawl."""
