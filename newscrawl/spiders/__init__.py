"""The sites: one file each. `news` crawls any URL, `warc` reads archives."""
