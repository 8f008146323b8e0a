"""Primitives of the web, one home each: documents, URLs, charsets, addresses, limits, decompression. Pure."""
