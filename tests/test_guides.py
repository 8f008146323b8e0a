"""The guides beside docs/settings.md: they name what the code names, and their links lead somewhere."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

from newscrawl.crawl.exit_codes import ExitCode
from newscrawl.crawl.summary import VISITS
from newscrawl.extraction.page_kind.classify import REASONS
from newscrawl.spider import SiteSpider
from tools import api_docs
from tools.record_docs import page

ROOT = Path(__file__).resolve().parent.parent
GUIDES = [
    ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docker/README.md", "benchmarks/README.md")
]
GUIDES = [path for path in GUIDES if path.exists()] + sorted((ROOT / "docs").glob("*.md"))
LINK = re.compile(r"\]\(([^)#\s]{0,200})(?:#([^)\s]{1,100}))?\)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,4} (.+)$", re.MULTILINE)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def rows_of(name: str) -> set[str]:
    """What the first cells of a page's tables name, without their backquotes."""
    return set(re.findall(r"^\| `?(\w+)`? \|", text_of(name), re.MULTILINE))


def test_the_page_on_the_record_is_what_the_docstrings_say() -> None:
    assert text_of("docs/record.md") == page(), "python tools/record_docs.py > docs/record.md"


def test_the_page_on_python_is_what_the_docstrings_say() -> None:
    assert text_of("docs/api.md") == api_docs.page(), "python tools/api_docs.py > docs/api.md"


@pytest.mark.parametrize(("name", "thing"), api_docs.PUBLIC)
def test_what_the_page_on_python_names_can_be_imported(name: str, thing: object) -> None:
    module, _, attribute = name.rpartition(".")
    assert inspect.unwrap(getattr(import_module(module), attribute)) is thing


def test_the_readme_has_every_exit_code() -> None:
    assert rows_of("README.md") >= {str(code.value) for code in ExitCode}


def test_every_outcome_of_a_visit_is_explained() -> None:
    assert rows_of("docs/running.md") >= set(VISITS)


def test_every_exit_code_has_its_remedy() -> None:
    assert rows_of("docs/running.md") >= {str(code.value) for code in ExitCode if code}


def test_every_command_stands_in_the_guide_to_running() -> None:
    commands = [path.stem for path in (ROOT / "newscrawl" / "commands").glob("*.py") if path.stem != "__init__"]
    assert "crawl" in commands
    assert [name for name in commands if f"| `scrapy {name}" not in text_of("docs/running.md")] == []


def test_all_that_a_site_may_declare_is_explained() -> None:
    declared = {name for name, kind in SiteSpider.__annotations__.items() if "ClassVar" in str(kind)}
    assert "feeds" in declared
    assert rows_of("docs/sites.md") >= declared


def test_every_reason_why_a_page_is_no_article_is_explained() -> None:
    assert rows_of("docs/sites.md") >= set(REASONS)


def test_every_language_of_the_phrases_is_listed_with_whether_figures_exist() -> None:
    row = r"^\| (\w\w) \| [\w, ]+ \| (yes|no) \| \d+ \|$"
    listed = dict(re.findall(row, text_of("docs/provenance.md"), re.MULTILINE))
    phrases = {path.stem: path for path in (ROOT / "newscrawl" / "provenance" / "phrases").glob("*.toml")}
    first_lines = {name: path.read_text(encoding="utf-8").splitlines()[0] for name, path in phrases.items()}
    assert listed == {name: "yes" if "Figures exist" in line else "no" for name, line in first_lines.items()}


def test_each_test_that_guarantees_name_is_there() -> None:
    guarantees = text_of("docs/guarantees.md")
    named = set(re.findall(r"`((?:tests|benchmarks)/[\w./]+)", guarantees))
    assert sorted(name for name in named if not (ROOT / name).exists()) == []
    rows = re.findall(r"^\| G\d+ \| .*$", guarantees, re.MULTILINE)
    assert [row[:8] for row in rows if "`tests/" not in row] == []


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    links = LINK.findall(FENCED.sub("", path.read_text(encoding="utf-8")))
    here = [(target, anchor) for target, anchor in links if "://" not in target]
    assert [link for link in here if not leads_somewhere(path, *link)] == []


def leads_somewhere(path: Path, target: str, anchor: str) -> bool:
    """Whether a link of that page has a file, and its anchor a heading there (as GitHub names them)."""
    found = path.parent / target if target else path
    if not found.exists() or not anchor:
        return found.exists()
    headings = HEADING.findall(found.read_text(encoding="utf-8"))
    return anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_site_of_the_docs_leads_to_pages_that_there_are() -> None:
    named = set(re.findall(r"[\w-]+\.md", (ROOT / "mkdocs.yml").read_text("utf-8")))
    assert named <= {path.name for path in (ROOT / "docs").glob("*.md")}
    assert {"index.md", "tutorial.md", "running.md", "watching.md"} <= named
