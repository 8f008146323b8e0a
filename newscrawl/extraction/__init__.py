"""The article in the page: its text without boilerplate, and its metadata. The only importer of trafilatura."""
