"""Scrapy extensions: thin glue, one job a file."""
