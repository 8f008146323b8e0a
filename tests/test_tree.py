"""What must hold for every file of the project: it says what it holds, stays short, names no machine."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path for folder in ("newscrawl", "tests", "tools", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)
LONGEST = 400
"""Lines of a file in newscrawl/; most stay within 300."""
# Written so that this file does not find itself.
OF_A_MACHINE = re.compile(r"/wor[k]/(main|shared|\.library)|/tm[p]/w/|/opt/(wheel[s]|pyp[i])|/roo[t]/\.")


def tracked() -> list[Path]:
    """The files under version control that are here."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).is_file()]


def test_each_file_says_in_its_first_line_what_it_holds() -> None:
    silent = [
        str(path.relative_to(ROOT)) for path in SOURCES if not says_what_it_holds(path.read_text(encoding="utf-8"))
    ]
    assert silent == []


def says_what_it_holds(source: str) -> bool:
    """Whether the source opens with a docstring in its very first line; a file with nothing in it may stay silent."""
    body = ast.parse(source).body
    return not body or (ast.get_docstring(ast.parse(source)) is not None and body[0].lineno == 1)


@pytest.mark.parametrize(
    ("source", "says"), [('"""What."""\n', True), ("import re\n", False), ('# x\n"""What."""\n', False), ("", True)]
)
def test_a_docstring_below_the_first_line_does_not_count(source: str, says: bool) -> None:
    assert says_what_it_holds(source) is says


def test_files_stay_short() -> None:
    lengths = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in SOURCES}
    assert {name: n for name, n in lengths.items() if name.startswith("newscrawl/") and n > LONGEST} == {}


def test_no_file_names_a_path_of_one_machine() -> None:
    texts = {path.relative_to(ROOT): path.read_bytes().decode("utf-8", "replace") for path in tracked()}
    assert [str(name) for name, text in texts.items() if OF_A_MACHINE.search(text)] == []


def test_the_pinned_lists_hold_no_address_and_only_hashed_files() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        entries = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line.strip()[0] != "#"]
        assert [
            line for line in entries if "://" in line or line.lstrip().startswith(("-i", "-f", "--index", "--find"))
        ] == []
        for name, following in zip(entries, [*entries[1:], ""], strict=True):
            assert name.startswith(" ") or following.lstrip().startswith("--hash=sha256:"), name
