"""Pages that are written to stall, blow up or fool a reader, and mutations of good ones. Knows nothing of newscrawl."""
