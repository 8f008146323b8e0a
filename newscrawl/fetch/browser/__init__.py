"""Pages that show nothing without scripts: rendered by Chromium, behind a guard of its own."""

from newscrawl.fetch.browser.steps import Click, Scroll, Step

__all__ = ["Click", "Scroll", "Step"]
