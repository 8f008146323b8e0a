"""What a line of a page says it is: wordings of site boilerplate by language, read from LANG.toml beside this file.

A wording is evidence, not a verdict: a story may print the same words. So patterns are whole lines, beginnings and
headings, never words in the middle of a sentence.
"""

from newscrawl.extraction.wording.book import CATEGORIES, LANGUAGES, Wording, read_book, wording

__all__ = ["CATEGORIES", "LANGUAGES", "Wording", "read_book", "wording"]
