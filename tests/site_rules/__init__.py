"""Site config files: 50 of our own in folder/, each with a page and what it must make of it in pages.py."""
