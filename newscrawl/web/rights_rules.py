"""What a user does about statements on the use of a page: "tdm:skip, content_signal.ai-train:drop"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast, get_args

from newscrawl.items import Rights

Action = Literal["skip", "drop", "mark"]
"""Not fetched where the site's files state it, else not exported; not exported; exported with a warning."""

STATEMENTS = ("tdm", "license", "robots", "content_signal", "content_usage")
_WITH_WORD = ("robots", "content_signal", "content_usage")
_RULE = re.compile(r"([a-z_]+)(?:\.([a-z-]+))?:([a-z]+)")
_OURS = ("", "newscrawl")
_REFUSED = {"content_signal": "no", "content_usage": "n"}


@dataclass(frozen=True, slots=True)
class RightsRule:
    """One statement that counts, and what follows from it."""

    statement: str
    word: str
    """Of `robots` a word, "noai"; of the others a use that is refused, "ai-train"; else ""."""
    action: Action

    def fits(self, rights: Rights) -> bool:
        """Whether the page or its site states it."""
        stated = getattr(rights, self.statement)
        if stated is None:
            return False
        match self.statement:
            case "tdm":
                return bool(stated == "1")
            case "license":
                return True
            case "robots":
                return self.word in _robots_words(stated)
        refusal = f"{self.word}={_REFUSED[self.statement]}"
        return refusal in {part.replace(" ", "") for part in re.split(r"[,;]", stated.lower())}


def _robots_words(stated: str) -> set[str]:
    """The words that hold for every crawler or for this one: "noai, otherbot: noindex" has "noai"."""
    parts = [part.rpartition(":") for part in re.split(r"[,;]", stated.lower())]
    return {word.strip() for crawler, _, word in parts if crawler.strip() in _OURS}


def rights_rules(setting: str) -> tuple[RightsRule, ...]:
    """The rules of a setting; ValueError says how one should read."""
    return tuple(_rule(part.strip()) for part in setting.split(",") if part.strip())


def _rule(text: str) -> RightsRule:
    found = _RULE.fullmatch(text)
    if found and found[1] in STATEMENTS and bool(found[2]) == (found[1] in _WITH_WORD) and found[3] in get_args(Action):
        return RightsRule(found[1], found[2] or "", cast(Action, found[3]))
    raise ValueError(
        f"NEWSCRAWL_RIGHTS: {text!r} should be STATEMENT:ACTION, such as tdm:skip, license:mark, robots.noai:drop,"
        " content_signal.ai-train:drop or content_usage.train-ai:skip; actions are skip, drop and mark"
    )


def action_of(rules: Iterable[RightsRule], rights: Rights) -> Action | None:
    """The strictest action that the rules ask for; None where none fits."""
    asked = {rule.action for rule in rules if rule.fits(rights)}
    return next((action for action in get_args(Action) if action in asked), None)
