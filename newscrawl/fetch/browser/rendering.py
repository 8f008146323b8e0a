"""What is done in a page before its HTML is taken: it is left to come to rest, and the site's steps are made."""

from __future__ import annotations

import logging
import tomllib
from contextlib import suppress
from functools import cache
from importlib.resources import files

from playwright.async_api import Error, Page
from playwright.async_api import TimeoutError as PlaywrightTimeout

from newscrawl.fetch.browser.steps import Scroll, Step
from newscrawl.fetch.errors import FetchError

logger = logging.getLogger(__name__)

REST_MS = 5_000
"""Longest wait for half a second without traffic: pages that measure their readers have none."""
MAX_TOLD = 200
"""Characters of what the browser says of a step that it cannot make."""
MAX_FRAMES = 10
"""Frames in which a dialog on consent is looked for."""
CLICK_MS = 2_000
"""Longest wait for an element to take a click: it may be covered for good."""
_TO_THE_END = "() => { window.scrollTo(0, document.body.scrollHeight); return document.body.scrollHeight; }"


async def come_to_rest(page: Page) -> None:
    """Waits until the page has asked for nothing for half a second."""
    with suppress(PlaywrightTimeout):
        await page.wait_for_load_state("networkidle", timeout=REST_MS)


async def close_consent(page: Page) -> str:
    """Closes a dialog on cookies and consent, since some show the article only then: rejects where it may, accepts
    where it must. Answers what the button said; "" without one. Looked for in the page and its frames.
    """
    script, words = _consent()
    for frame in page.frames[:MAX_FRAMES]:
        with suppress(Error):
            if said := str(await frame.evaluate(script, words)):
                await come_to_rest(page)
                return said
    return ""


@cache
def _consent() -> tuple[str, dict[str, list[str]]]:
    folder = files("newscrawl.fetch.browser")
    return (folder / "consent.js").read_text("utf-8"), tomllib.loads((folder / "consent.toml").read_text("utf-8"))


async def take_steps(page: Page, steps: tuple[Step, ...]) -> None:
    """Makes the steps that a site declares; one that cannot be made is left out, and logged."""
    for step in steps:
        try:
            await (_scroll(page, step.times) if isinstance(step, Scroll) else _click(page, step.selector, step.times))
        except Error as error:
            logger.info("%s: %s: %s", page.url, step, " ".join(error.message.split())[:MAX_TOLD])


async def _scroll(page: Page, times: int) -> None:
    height = 0
    for _ in range(times):
        before, height = height, await page.evaluate(_TO_THE_END)
        if height == before:
            return
        await come_to_rest(page)


async def _click(page: Page, selector: str, times: int) -> None:
    for _ in range(times):
        button = page.locator(selector).first
        if not await button.is_visible():
            return
        await button.click(timeout=CLICK_MS)
        await come_to_rest(page)


async def check_size(page: Page, most: int) -> None:
    """FetchError for a page of more characters: scripts can make one of any size from nothing.

    Measured in a world of its own, in which the page's scripts have not put their own words for things.
    """
    session = await page.context.new_cdp_session(page)
    frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
    world = await session.send("Page.createIsolatedWorld", {"frameId": frame})
    script = {"expression": "document.documentElement.outerHTML.length", "contextId": world["executionContextId"]}
    if (await session.send("Runtime.evaluate", script))["result"].get("value", 0) > most:
        raise FetchError("too_large")
