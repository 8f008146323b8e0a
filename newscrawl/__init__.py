"""newscrawl: news sites to article records that say who published the story first."""

__version__ = "0.1.0"
