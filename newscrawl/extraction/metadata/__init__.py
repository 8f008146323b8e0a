"""What a page says about its article: title, authors, dates, language, section, tags, image, kind, rights."""

from newscrawl.extraction.metadata.fields import Metadata
from newscrawl.extraction.metadata.read_metadata import read_metadata

__all__ = ["Metadata", "read_metadata"]
