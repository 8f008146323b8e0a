"""Commands of `scrapy`: thin glue, one job a file."""
