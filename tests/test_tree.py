"""What must hold for every file of the project: it says what it holds, stays short, names no machine."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path for folder in ("newscrawl", "tests", "tools", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)
LONGEST = 400
"""Lines of a file in newscrawl/; most stay within 300."""
AT_THE_TOP = 9
"""Modules beside the packages of newscrawl/, `__init__` aside: what others import."""
SAME_FILE_NAME = {"dates", "fields", "ledger", "schema", "warc"}
"""Names of two files: a command's and a spider's file has its name; the others say the same of two things."""
SAME_CLASS_NAME = {"Command", "Layout", "Part"}
"""Names of several classes: Scrapy wants `Command`."""
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


PARSED = {path: ast.parse(path.read_text("utf-8")) for path in SOURCES if path.is_relative_to(ROOT / "newscrawl")}


def module_of(path: Path) -> str:
    """The name by which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(tree: ast.Module, modules: Mapping[str, Path] | set[str]) -> Iterator[str]:
    """The modules of ours that a file imports, those for type checkers and within functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{name.name}" for name in node.names}
            yield from names & set(modules) or {node.module} & set(modules)


def test_no_files_import_each_other_in_a_circle() -> None:
    modules = {module_of(path): path for path in PARSED}
    graph = {name: set(imported(PARSED[path], modules)) for name, path in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(f"a circle: {error.args[1]}") from None


def test_a_circle_is_seen_where_an_import_is_for_type_checkers_alone() -> None:
    source = "if TYPE_CHECKING:\n    from a import b\ndef f():\n    import c\n"
    assert set(imported(ast.parse(source), {"a.b", "a", "c"})) == {"a.b", "c"}


def test_few_modules_stand_at_the_top() -> None:
    assert len([path for path in PARSED if path.parent.name == "newscrawl" and path.stem != "__init__"]) <= AT_THE_TOP


def test_a_file_name_stands_for_one_thing() -> None:
    counts = Counter(path.stem for path in PARSED if path.stem not in ("__init__", "__main__"))
    assert {name for name, count in counts.items() if count > 1} <= SAME_FILE_NAME
    assert len(SAME_FILE_NAME) <= 6


def test_a_class_name_stands_for_one_thing() -> None:
    classes = (node.name for tree in PARSED.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    assert {name for name, count in Counter(classes).items() if count > 1} <= SAME_CLASS_NAME


def test_no_layer_lets_its_parts_import_each_other() -> None:
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("layers = [")[2].partition("]")[0]
    assert contract.count('"') > 30
    assert ":" not in contract


@pytest.mark.parametrize(
    "tool", ["ruff check", "ruff format --check", "mypy", "lint-imports", "check_lock.py", "zensical build"]
)
def test_make_check_runs_each_tool_and_has_no_rule_twice(tool: str) -> None:
    """Of a rule without commands make says nothing, and of one that stands twice it takes the last."""
    made = subprocess.run(["make", "-n", "check"], cwd=ROOT, capture_output=True, check=True, text=True)
    assert tool in made.stdout
    assert made.stderr == ""


def test_no_statement_numbers_its_placeholders() -> None:
    """sqlite3 refuses "?1" with a tuple from Python 3.14 on."""
    numbered = [
        str(path) for path in (ROOT / "newscrawl" / "ledger").rglob("*.py") if re.search(r"= \?\d", path.read_text())
    ]
    assert numbered == []
