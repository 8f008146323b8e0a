"""The sample outlets: pages in five publishing systems' markup, their server, and what a perfect crawl of them says."""

from newscrawl.demo.outlets import OUTLETS, SampleOutlet
from newscrawl.demo.truth import TrueOrigin, TrueRecord, expected


def outlets() -> list[SampleOutlet]:
    """The sample outlets: name, host, front page (`home`) and `start_points`."""
    return list(OUTLETS.values())


__all__ = ["SampleOutlet", "TrueOrigin", "TrueRecord", "expected", "outlets"]
