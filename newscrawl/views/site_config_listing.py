"""What site config files hold and how much of it is followed: figures, as lines or as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from newscrawl.sites.rules import ConfigFile, SiteConfigs, support_of
from newscrawl.views.terminal import one_line

FOLLOWED = ("applied", "needless")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFigures:
    """Of all files together."""

    files: int
    lines: int
    """Lines with a directive."""
    followed: int
    """Those of directives that are applied, or that ask for what is done anyway."""
    directives: dict[str, dict[str, int]]
    """Lines by support (applied, needless, unsupported, unknown) and directive, the most frequent first."""
    files_not_followed: dict[str, list[str]]
    """The directives of each file that are not followed."""
    problems: list[str]
    """FILE:LINE: what is wrong with it."""


def figures(configs: SiteConfigs) -> ConfigFigures:
    """Counts what the files hold."""
    counted = configs.directives
    files = list(configs.files)
    return ConfigFigures(
        files=len(files),
        lines=counted.total(),
        followed=sum(number for name, number in counted.items() if support_of(name) in FOLLOWED),
        directives=_by_support(counted),
        files_not_followed={found.file: names for found in files if (names := _not_followed(found))},
        problems=[str(problem) for problem in configs.problems],
    )


def figure_lines(seen: ConfigFigures) -> Iterator[str]:
    """The figures for a terminal; text from the files cannot steer it."""
    yield f"{seen.files} files, {seen.lines} lines; {_share(seen)} of the lines are of directives that are followed"
    for support, directives in seen.directives.items():
        yield ""
        yield f"{support}:"
        yield from (f"{number:>8}  {one_line(name)}" for name, number in directives.items())
    if seen.files_not_followed:
        yield ""
        yield "not followed, by file:"
        yield from (
            f"  {one_line(file)}: {one_line(', '.join(names))}" for file, names in seen.files_not_followed.items()
        )
    if seen.problems:
        yield ""
        yield f"{len(seen.problems)} bad lines, left out:"
        yield from (f"  {one_line(problem)}" for problem in seen.problems)


def _share(seen: ConfigFigures) -> str:
    """Rounded down: all means all."""
    return f"{1000 * seen.followed // max(1, seen.lines) / 10} %"


def _by_support(counted: Counter[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for support in (*FOLLOWED, "unsupported", "unknown"):
        names = {name: number for name, number in counted.most_common() if support_of(name) == support}
        if names:
            found[support] = names
    return found


def _not_followed(found: ConfigFile) -> list[str]:
    return [name for name in found.directives if support_of(name) not in FOLLOWED]
