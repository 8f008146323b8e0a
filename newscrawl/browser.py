"""Steps that a spider may declare for pages that a browser renders: `from newscrawl.browser import Click, Scroll`."""

from newscrawl.fetch.browser.steps import Click, Scroll, Step

__all__ = ["Click", "Scroll", "Step"]
