"""The text of an article: candidates, what is taken of them, further parts of a page."""
