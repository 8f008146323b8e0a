"""Where the article stands among the blocks of a page: headline, head, text, tail."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.web.document import Document
from newscrawl.web.page_blocks import Block

_CAPTION = re.compile(r"caption|photo|image|picture|gallery|bildtext|legende|slide", re.I)
_REMARK = re.compile(r"(?:^|\s)comment-(?:body|text|content|item|message|wrap\w{0,4})|(?:^|\s)comments?(?:\s|$)", re.I)
_COMMENTS = re.compile(r"comment|disqus|respond", re.I)


_SIDE = re.compile(r"(?:^|[\s_-])(?:side-?bar|side|rail|(?:right|left)-?(?:col(?:umn)?|rail|bar))(?:$|[\s_-])", re.I)
_APART = re.compile(
    r"comment|disqus|respond|related|recommend|read-?more|teaser|side-?bar|footer|newsletter|popular|trending|most-?read"
    r"|widget|promo|cookie|consent|author-?(?:bio|box|info)|outbrain|taboola",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Indexes into `Document.blocks`; an article of no block has start == end."""

    headline: int
    """The block of the headline, else the block that the text begins with."""
    start: int
    """The first block of the text."""
    end: int
    """One past the last block of the text."""
    story_end: int
    """One past the last paragraph of the element that holds most of the text; `end` runs into comments and teasers
    where a page holds more of them than of the story."""

    def closing(self, before: int, behind: int, blocks: Sequence[Block]) -> list[int]:
        """The indexes of the last `before` blocks of the text and the `behind` ones after it, for either end of it."""
        ends = {self.end, self.story_end}
        found = {
            index for end in ends for index in range(max(self.start, end - before), min(end + behind, len(blocks)))
        }
        return sorted(found)

    def is_last(self, index: int, count: int) -> bool:
        """Whether the block is among the last `count` of the text."""
        return any(end - count <= index < end for end in (self.end, self.story_end))


def find_layout(document: Document) -> Layout:
    """The stretch of blocks with most prose: text counts for, links and short lines against (Kadane's maximum sum)."""
    prose = [_prose(block) for block in document.blocks]
    best_start, best_end = _most_prose(prose)
    if best_start == best_end:  # a short story in short paragraphs
        prose = [_prose(block, SHORT_PARAGRAPH) for block in document.blocks]
        best_start, best_end = _most_prose(prose)
    story_end = _story_end(document.blocks, prose, best_start, best_end)
    headline = _titled(document, best_start, best_end)
    if headline is None:
        return Layout(_headline(document, best_start), best_start, best_end, story_end)
    return Layout(headline, max(best_start, headline + 1), best_end, story_end)


def _most_prose(prose: Sequence[float]) -> tuple[int, int]:
    """The stretch with the largest sum: its first block and one past its last; an empty one where there is no prose."""
    best, best_start, best_end = 0.0, 0, 0
    total, start = 0.0, 0
    for index, value in enumerate(prose):
        total += value
        if total <= 0:
            total, start = 0.0, index + 1
        elif total > best:
            best, best_start, best_end = total, start, index + 1
    return best_start, best_end


PARAGRAPH, SHORT_PARAGRAPH = 80, 45
"""Characters from which a block is a paragraph, and on a page that has none of that length."""
_SHARES = (1.0, 0.6, 0.3, 0.15)
"""What a paragraph counts for the elements around it, the innermost first."""
_LEAST = 0.35
"""Share of the most that an element must hold to be the story's: readers may write more than the story has."""
_INNER = 0.6
"""Share of what the element around it holds that makes an inner one the story's own."""


def _story_end(blocks: Sequence[Block], prose: Sequence[float], start: int, end: int) -> int:
    """One past the last paragraph of the story's own element, by the prose between `start` and `end`."""
    counts: dict[HtmlElement, float] = defaultdict(float)
    first: dict[HtmlElement, int] = {}
    paragraphs = [index for index in range(start, end) if prose[index] > 0 and not _is_apart(blocks[index])]
    for index in paragraphs:
        for node, share in zip(_around(blocks[index]), _SHARES, strict=False):
            counts[node] += prose[index] * share
            first.setdefault(node, index)
    if not counts:
        return end
    most = max(counts.values())
    opening = min(first[node] for node in counts if counts[node] >= _LEAST * most)
    inner = [node for node in _around(blocks[opening]) if counts[node] >= _LEAST * most]
    best = max(counts[node] for node in inner)
    main = next(node for node in inner if counts[node] >= _INNER * best)
    if main in inner[:-1] and any(_twin(main, node) for node in main.itersiblings() if node in counts):
        main = inner[inner.index(main) + 1]  # one of several sections
    return max((index + 1 for index in paragraphs if main in _around(blocks[index])), default=end)


def _twin(one: HtmlElement, other: HtmlElement) -> bool:
    return bool(one.tag == other.tag and one.get("class") == other.get("class"))


def _around(block: Block) -> list[HtmlElement]:
    """The four innermost elements around a paragraph; of a line that no paragraph holds its container too."""
    node = block.container
    nodes = [node] if node.tag in ("div", "td", "section", "article", "body") else []
    nodes += list(islice(node.iterancestors(), 4 - len(nodes)))
    return nodes


def _is_apart(block: Block) -> bool:
    """Whether the elements around the block are named for something beside the story."""
    return any(
        node.tag in ("nav", "footer", "aside", "form") or _APART.search(_label(node)) for node in _ancestors(block, 6)
    )


def is_caption(block: Block, levels: int = 4) -> bool:
    """Whether the block belongs to a picture or a video, by the elements around it."""
    for node in _ancestors(block, levels):
        if node.tag in ("figcaption", "figure", "caption") or _CAPTION.search(_label(node)):
            return True
    return False


def beside_picture(block: Block) -> bool:
    """Whether the line stands beside a picture in its container, or in the one around it if that holds little else."""
    parent = block.container.getparent()
    near = list(block.container) + (list(parent) if parent is not None and len(parent) <= 3 else [])
    return any(node.tag in ("img", "picture", "figure", "amp-img", "video") for node in near)


def after_picture(block: Block) -> bool:
    """Whether the element before a line of its own is a picture without a text: what stands below it is its credit."""
    node = block.container
    before = node.getprevious()
    if before is None and (parent := node.getparent()) is not None and len(parent) <= 2:
        before = parent.getprevious()
    if before is None or len(before.text_content().strip()) > 60:
        return False
    return before.tag in _PICTURES or next(before.iter(*_PICTURES), None) is not None


_PICTURES = ("img", "picture", "figure", "amp-img", "video")


def is_comment(block: Block) -> bool:
    """Whether the block stands among the readers' comments."""
    return any(_COMMENTS.search(_label(node)) for node in _ancestors(block, 6))


def in_sidebar(block: Block) -> bool:
    """Whether the block stands in a column beside the story."""
    return any(_SIDE.search(_label(node)) for node in _ancestors(block, 6))


def _label(node: HtmlElement) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}"[:300]


def _ancestors(block: Block, levels: int) -> list[HtmlElement]:
    nodes: list[HtmlElement] = []
    node = block.container
    while node is not None and len(nodes) < levels and node.tag not in ("body", "article", "main", "html"):
        nodes.append(node)
        node = node.getparent()
    return nodes


def _prose(block: Block, paragraph: int = PARAGRAPH) -> float:
    """Characters of prose, up to 400 a block; a short or linked line costs 40."""
    length = len(block.text)
    if length < 80 and not block.text.isascii():  # a Chinese character says what two or three Latin ones do
        length += 2 * sum(1 for char in block.text if char > "\u2e7f")
    if length < paragraph or block.link_share > 0.5 or block.tag in ("figcaption", "button", "label", "li"):
        return -15.0 if block.tag == "li" and length > 80 else -40.0
    return -40.0 if is_caption(block) or _is_remark(block) else float(min(length, 400))


def _is_remark(block: Block) -> bool:
    """Whether the block is a reader's comment: a page may hold more of them than of the story."""
    return any(_REMARK.search(_label(node)) for node in _ancestors(block, 3))


def _titled(document: Document, start: int, end: int) -> int | None:
    """The last h1 (else h2) before the text's middle that says what the page's title says."""
    titles = [
        key for title in (document.first_meta("og:title"), document.tree.findtext(".//title")) if (key := _words(title))
    ]
    middle = min((start + end) // 2 + 1, len(document.blocks))
    for tag in ("h1", "h2"):
        for index in range(middle - 1, max(-1, start - 80), -1):
            block = document.blocks[index]
            text = _words(block.text) if block.tag == tag and len(block.text) > 8 else ""
            if text and any(text in title or title in text for title in titles):
                return index
    return None


def _words(text: str | None) -> str:
    """The text without case, blanks and punctuation."""
    return "".join(char for char in (text or "")[:300].casefold() if char.isalnum())


def _headline(document: Document, start: int) -> int:
    """The last h1 before the text (among the 60 blocks before it), else the last h2, else where the text begins."""
    blocks = document.blocks
    for tags in (("h1",), ("h2", "h3")):
        for index in range(min(start, len(blocks) - 1), max(-1, start - 60), -1):
            if blocks[index].tag in tags:
                return index
    return start
