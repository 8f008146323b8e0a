"""Names of publishers as keys: what two spellings of one name have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"^the (?=\w)")


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """The name folded: case, punctuation and a leading "the" do not count ("The A.P." is "ap")."""
    folded = unicodedata.normalize("NFKC", name[:200]).casefold().replace(".", "").replace("’", "").replace("'", "")
    return _ARTICLE.sub("", " ".join(_WORD.findall(folded)))


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for blanks ("Live Science" and "LiveScience")."""
    return bool(one) and name_key(one).replace(" ", "") == name_key(other).replace(" ", "")


def domain_label(domain: str) -> str:
    """The name within a domain: "livescience" of livescience.com."""
    return domain.split(".", maxsplit=1)[0].replace("-", "")


def names_domain(name: str, domain: str) -> bool:
    """Whether the name is the domain's own: "DoSchu.Com" of doschu.com, "Live Science" of livescience.com."""
    key = name_key(name).replace(" ", "")
    return bool(key) and key in {domain_label(domain), domain.replace(".", "").replace("-", "")}
