"""Who published the story first: signals on the page, phrases, a directory of publishers, the verdict."""

from newscrawl.provenance.judge import judge
from newscrawl.provenance.signal import Provenance, Signal

__all__ = ["Provenance", "Signal", "judge"]
