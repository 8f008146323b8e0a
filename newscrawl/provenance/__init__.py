"""Who published the story first: signals on the page, phrases, a directory of publishers, the verdict."""

from newscrawl.provenance.model import Provenance, Signal
from newscrawl.provenance.verdict import judge

__all__ = ["Provenance", "Signal", "judge"]
