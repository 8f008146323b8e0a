"""The text of an article and how it was found."""

from __future__ import annotations

from dataclasses import dataclass, field

from newscrawl.web.page_blocks import Block


@dataclass(slots=True)
class Body:
    """The article's text and how it was found."""

    blocks: list[str] = field(default_factory=list)
    """Its blocks in order: paragraphs, sub-headings, list lines ("- "), table rows (" | ")."""
    method: str = "blocks"
    """Extraction.method."""
    kept: list[Block] = field(default_factory=list)
    """The page's blocks that these lines were made of."""
    repeated: list[Block] = field(default_factory=list)
    """Those left out because other pages of the site have them too."""
    judged: dict[Block, float] = field(default_factory=dict)
    """The blocks that the model was asked about, with the probability that they are the article's."""
    uncertainty: float = 0.0
    """How unsure the model is of the page (model.uncertainty); 0 where the site's rules tell where the text is."""

    @property
    def text(self) -> str:
        """The blocks parted by blank lines."""
        return "\n\n".join(self.blocks)
