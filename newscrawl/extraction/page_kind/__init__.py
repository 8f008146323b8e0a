"""Whether a page is an article: signs seen from afar, walls, the verdict."""
