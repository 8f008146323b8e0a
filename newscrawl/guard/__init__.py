"""What newscrawl keeps out: oversized pages, private addresses, hostile waits. Pure."""
