"""What a site states about the use of its pages beside them: headers, robots.txt, /.well-known/tdmrep.json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from urllib.parse import urljoin, urlsplit

from newscrawl.items import Rights

TDMREP_PATH = "/.well-known/tdmrep.json"
"""Where TDMRep (W3C Community Group report) keeps a site's reservations."""
MAX_RULES = 10_000
"""Lines of robots.txt, and rules of tdmrep.json, that are looked at."""

_HEADERS = {
    "robots": "x-robots-tag",
    "tdm": "tdm-reservation",
    "tdm_policy": "tdm-policy",
    "content_signal": "content-signal",
    "content_usage": "content-usage",
}
_STATED = ("content-signal", "content-usage", "license")
_LINK = re.compile(r"<([^<>]{1,2000})>\s{0,9}((?:;[^,;<]{0,300}){1,20})")
_IS_LICENSE = re.compile(r"""rel\s{0,9}=\s{0,9}["']?(?:[^"';]{0,100}\s)?license[\s"';]?""", re.IGNORECASE)
_TOKEN = re.compile(r"[a-zA-Z_-]+")


def of_headers(headers: Mapping[str, str], url: str) -> Rights:
    """What a response's headers state. `headers`: by lower-case name, several of one name joined by ", "."""
    stated = {name: _value(headers.get(header)) for name, header in _HEADERS.items()}
    links = _LINK.finditer(headers.get("link", "")[:20_000])
    license_url = next((link[1] for link in links if _IS_LICENSE.search(link[2])), None)
    return Rights(
        **stated | {"tdm_policy": _absolute(stated["tdm_policy"], url), "license": _absolute(license_url, url)}
    )


def of_robots(text: str, url: str, agent: str) -> Rights:
    """What robots.txt states for a page and a crawler: the lines of the group that names the crawler, else of "*",
    else those outside of groups. Content-Signal, Content-Usage (with a path, the longest that fits), License (RSL)."""
    groups = _groups(text)
    name = _product(agent)
    own = next((group for group in groups if name in group.agents), None)
    star = next((group for group in groups if "*" in group.agents), None)
    chosen = [group for group in (own or star, groups[0]) if group is not None]
    lines = [line for group in chosen for line in group.lines]
    usages = [value for key, value in lines if key == "content-usage"]
    return Rights(
        license=_absolute(next((value for key, value in lines if key == "license"), None), url),
        content_signal=next((value for key, value in lines if key == "content-signal"), None),
        content_usage=_usage(usages, _path(url)),
    )


def statements(text: str) -> str:
    """The lines of a robots.txt that `of_robots` reads; "" where it states nothing about use."""
    kept = [(key, value) for key, value in _lines(text) if key == "user-agent" or key in _STATED]
    return "\n".join(f"{key}: {value}" for key, value in kept) if any(key in _STATED for key, _ in kept) else ""


def of_tdmrep(body: bytes, url: str) -> Rights:
    """What /.well-known/tdmrep.json states for a page: the rule with the longest location that fits."""
    try:
        rules = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return Rights()
    path = _path(url)
    fitting = [
        rule
        for rule in (rules if isinstance(rules, list) else [])[:MAX_RULES]
        if isinstance(rule, dict) and isinstance(rule.get("location"), str) and _fits(rule["location"], path)
    ]
    if not fitting:
        return Rights()
    rule = max(fitting, key=lambda rule: len(rule["location"]))
    policy = rule.get("tdm-policy")
    reservation = rule.get("tdm-reservation")
    return Rights(
        tdm=str(int(reservation)) if isinstance(reservation, bool | int) else _value(reservation),
        tdm_policy=_absolute(policy, url) if isinstance(policy, str) else None,
    )


def first_stated(sources: Sequence[Rights]) -> Rights:
    """Each statement from the first source that makes it: the page, then its headers, then the site's files."""
    return Rights(
        **{
            name: next((value for one in sources if (value := getattr(one, name)) is not None), None)
            for name in (one.name for one in fields(Rights))
        }
    )


@dataclass(slots=True)
class _Group:
    """A group of robots.txt: for whom, and the lines in it."""

    agents: set[str] = field(default_factory=set)
    lines: list[tuple[str, str]] = field(default_factory=list)


def _groups(text: str) -> list[_Group]:
    """The groups in order; the first holds what stands outside of any. Groups for one crawler are one."""
    groups = [_Group()]
    names_go_on = False
    for key, value in _lines(text):
        if key == "user-agent":
            if not names_go_on:
                groups.append(_Group())
            groups[-1].agents.add("*" if value == "*" else _product(value))
        elif key in _STATED:
            groups[-1].lines.append((key, value))
        names_go_on = key == "user-agent"
    return groups


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines()[:MAX_RULES]:
        key, colon, value = line.partition("#")[0].partition(":")
        if colon and (value := value.strip()):
            yield key.strip().lower(), value


def _product(agent: str) -> str:
    """The product token that groups name: "newscrawl" of "newscrawl/0.2 (+https://...)"."""
    found = _TOKEN.match(agent.strip())
    return found[0].lower() if found else ""


def _usage(usages: Sequence[str], path: str) -> str | None:
    """The Content-Usage of the longest path that fits; a line may leave its path out."""
    best: tuple[int, str] | None = None
    for line in usages:
        pattern, _, rest = line.partition(" ") if line.startswith("/") else ("/", "", line)
        if _fits(pattern, path) and (best is None or len(pattern) > best[0]):
            best = len(pattern), rest.strip()
    return best[1] or None if best else None


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as the pattern says; "*" is any text, "$" at its end the path's end."""
    ends = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*")
    if len(parts) > 50 or not path.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:]:
        if (found := path.find(part, at)) < 0:
            return False
        at = found + len(part)
    return not ends or at == len(path) or (len(parts) > 1 and path.endswith(parts[-1]))


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _value(text: object) -> str | None:
    return text.strip()[:500] or None if isinstance(text, str) else None


def _absolute(link: str | None, url: str) -> str | None:
    """A stated link as an absolute URL; as stated where it is none."""
    if not (link := _value(link)):
        return None
    try:
        return urljoin(url, link)
    except ValueError:
        return link
