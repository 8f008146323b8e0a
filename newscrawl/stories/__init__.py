"""Copies of one story across outlets, recognised by their text."""

from newscrawl.stories.index import StoryIndex
from newscrawl.stories.sketches import Sketch, sketch

__all__ = ["Sketch", "StoryIndex", "sketch"]
