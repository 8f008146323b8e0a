"""Scrapy middlewares: thin glue, one job a file."""
