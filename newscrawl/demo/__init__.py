"""The sample outlets: pages in five publishing systems' markup, their server, and what a perfect crawl of them says."""

from newscrawl.demo.outlets import OUTLETS, Outlet
from newscrawl.demo.truth import Expected, ExpectedOrigin, expected


def outlets() -> list[Outlet]:
    """The sample outlets: name, host, front page (`home`) and `start_points`."""
    return list(OUTLETS.values())


__all__ = ["Expected", "ExpectedOrigin", "Outlet", "expected", "outlets"]
