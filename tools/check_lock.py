"""Checks that requirements/full.txt holds a fitting version of everything pyproject.toml asks for. Needs no network."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([\w.-]+)==([\w.+!]+)", re.MULTILINE)


def declared() -> list[Requirement]:
    """All that pyproject.toml asks for, but for the benchmarks' peers, which have a list of their own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [names for group, names in project["dependency-groups"].items() if group != "bench"]
    extras = project["project"]["optional-dependencies"].values()
    lists = [project["project"]["dependencies"], project["build-system"]["requires"], *extras, *groups]
    return [Requirement(text) for names in lists for text in names]


def faults(required: list[Requirement], pinned: list[tuple[str, str]]) -> list[str]:
    """A line for each requirement that is not pinned, or pinned outside its range."""
    lines = []
    for requirement in required:
        versions = [version for name, version in pinned if name == canonicalize_name(requirement.name)]
        lines += [f"{requirement}: not pinned"] * (not versions)
        lines += [f"{requirement}: pinned to {v}" for v in versions if not requirement.specifier.contains(v)]
    return lines


def main() -> int:
    """Prints what does not fit; 1 if anything."""
    text = (ROOT / "requirements" / "full.txt").read_text(encoding="utf-8")
    wrong = faults(declared(), PINNED.findall(text))
    for line in wrong:
        print(line)
    print("Pinned list: run `make lock` and commit requirements/." if wrong else "Pinned list: fits pyproject.toml.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
