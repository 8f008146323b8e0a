"""WARC in and out. Pure: files are read by whoever calls."""
