"""The article in the page: its text without chrome, and its metadata. The only importer of trafilatura."""
