"""The report: what it shows without scripts, that nothing injects, and how it looks in a real browser."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawl.ledger import SiteDay
from newscrawl.stories.clusters import Cluster
from newscrawl.stories.index import Copy
from newscrawl.views.report_data import ReportData, gathered
from newscrawl.views.report_page import report_page
from newscrawl.views.run_files import RunFile
from newscrawl.views.site_status import SiteProblem, SiteStatus
from newscrawl.watch.site_run import SiteRun, day_of, encoded

from .test_status import ran, seen

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
CALL = "owned=1"
EVIL = [
    f"<script>{CALL}</script>",
    f"</script><script>{CALL}</script>",
    f"</title><script>{CALL}</script>",
    f"</style><script>{CALL}</script>",
    f"</textarea><script>{CALL}</script>",
    f"</table><img src=x onerror={CALL}>",
    f"<img src=x onerror='{CALL}'>",
    f"<svg onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<math><mtext><script>{CALL}</script>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'>",
    f"<body onload={CALL}>",
    f"<details open ontoggle={CALL}>",
    f"<input autofocus onfocus={CALL}>",
    f"<a href='javascript:{CALL}'>x</a>",
    f"<object data='javascript:{CALL}'>",
    "<base href='http://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<link rel=stylesheet href=http://evil.example/a.css>",
    "<img src=http://evil.example/pixel>",
    "<form action=http://evil.example/><button>x",
    f'" onmouseover="{CALL}" x="',
    f"' onmouseover='{CALL}' x='",
    f"` onmouseover=`{CALL}`",
    f'"><script>{CALL}</script>',
    f"--><script>{CALL}</script>",
    f"]]><script>{CALL}</script>",
    f"<!--<script>{CALL}</script>-->",
    f"&lt;script&gt;{CALL}&lt;/script&gt;",
    f"&#60;script&#62;{CALL}&#60;/script&#62;",
    "{{ 7 * 7 }}{% raw %}",
    "{{ self.__init__.__globals__ }}",
    "${7*7}#{7*7}",
    "\u202eTpircs\u2066",
    "\x00\x1b[31mred\x07",
    "a\nb\r\nc\u2028d",
    "x" * 5000,
    "e\u0301" * 200,
    f"javascript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
]
"""As titles and names; as URLs with and without a scheme before them."""
URLS = [*EVIL, *(f"https://evil.example/{one}" for one in EVIL)]


def day(at: int, run: SiteRun) -> SiteDay:
    return SiteDay(at, run.runs, run.new, run.records, run.rejected, run.failures, encoded(run).decode())


def copy(number: int, outlet: str, url: str, origin: str | None = None) -> Copy:
    at = NOW - timedelta(hours=number)
    return Copy(url=url, outlet=outlet, seen_at=at.strftime("%Y-%m-%dT%H:%M:%SZ"), origin=origin)


def cluster(copies: list[Copy]) -> Cluster:
    return Cluster(
        story="1",
        copies=copies,
        outlets=[one.outlet for one in copies],
        first_seen_at=copies[0].seen_at,
        last_seen_at=copies[-1].seen_at,
        origins={},
        earliest=copies[0],
        quoted_by=[],
    )


def data(names: list[str], urls: list[str]) -> ReportData:
    """A month of sites, problems, reasons and stories of these names."""
    today = day_of(int(NOW.timestamp()))
    run = SiteRun(
        at=int(NOW.timestamp()), new=4, records=4, rejected=2, walls=1, filled={"title": 4, "authors": 1}, copies=1
    )
    days_of = {}
    for at, name in enumerate(names):
        told = replace(run, problems=[name], told={name: name}, rejections={name: 2}, wall_hosts={name: 1}, new=4 + at)
        days_of[name] = [(name, day(today - ago, told)) for ago in range(5)]
    problem = SiteProblem(name="wall", text=names[0])
    statuses = [SiteStatus(spider=name, site=name, problems=[problem]) for name in names]
    runs = [
        RunFile(run_id=f"20261129T120000000000Z-{name}", spider=name, exit_code=10, problems=[name], sizes=sizes)
        for name, sizes in zip(names, [{"ledger": 5_000_000, "articles": 9_000_000}] * len(names), strict=True)
    ]
    pairs = [
        cluster(
            [copy(9, names[at % len(names) - 1], url), copy(5, names[at % len(names)], url, names[at % len(names) - 2])]
        )
        for at, url in enumerate(urls)
    ]
    return gathered(days_of, runs, statuses, pairs, now=NOW, days=30)


def html(names: list[str], urls: list[str]) -> str:
    return report_page(data(names, urls), records="articles", summaries="runs")


PLAIN = [f"gull{number}.example" for number in range(30)]


def test_without_scripts_it_is_tables() -> None:
    page = html(PLAIN, [f"https://{name}/1" for name in PLAIN])
    assert page.count("<table") >= 9
    for told in (
        "30 runs",
        "gull29.example",
        'in trouble</dt><dd><a href="#trouble">30</a>',
        "scrapy ledger urls --reason",
    ):
        assert told in page
    assert "articles/gull7.example/" in page
    assert "runs/20261129T120000000000Z-gull7.example.json" in page


def test_no_markup_comes_from_outside() -> None:
    page = html(EVIL, URLS)
    for one in EVIL[:21]:
        assert one not in page
    assert page.count("<script") == 2
    assert 'javascript:owned=1"' not in page.replace("&#34;", "")
    assert 'href="javascript' not in page
    assert 'href="data:' not in page
    assert "<td>49" not in page


def test_a_page_of_many_sites_stays_small() -> None:
    names = [f"a-rather-long-name-of-an-outlet-{number}.example" for number in range(400)]
    page = html(names, [f"https://www.{name}/{'long-' * 30}" for name in names])
    assert len(page.encode()) < 2_000_000
    assert "250 more sites have no row" in page


def opened(browser: Any, path: Path, **how: Any) -> tuple[Any, list[str], list[str]]:
    page = browser.new_page(**how)
    errors: list[str] = []
    requests: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(path.as_uri())
    return page, errors, requests


@pytest.mark.e2e
def test_forty_titles_and_urls_inject_nothing_and_no_request_leaves_the_page(browser: Any, tmp_path: Path) -> None:
    assert len(EVIL) == 40
    path = tmp_path / "report.html"
    path.write_text(html(EVIL, URLS), "utf-8", newline="\n")
    page, errors, requests = opened(browser, path)
    for summary in page.locator("summary").all():
        summary.evaluate("one => { one.parentElement.open = true }")
    page.evaluate("document.querySelectorAll('*').forEach(e => e.dispatchEvent(new MouseEvent('mouseover')))")
    page.locator("input").first.focus()
    page.keyboard.type("script")
    page.wait_for_timeout(300)
    assert page.evaluate("typeof owned") == "undefined"
    assert (
        page.evaluate(
            "document.querySelectorAll('img, iframe, object, base, form, math, body script:not([src])').length"
        )
        == 2
    )
    assert page.evaluate("[...document.links].every(a => ['file:', 'http:', 'https:'].includes(a.protocol))")
    assert page.evaluate(
        "[...document.querySelectorAll('*')].every(e => !e.getAttributeNames().some(n => n.startsWith('on')))"
    )
    assert requests == [path.as_uri()]
    assert errors == []
    assert page.title().startswith("newscrawl: 2026-11-01")
    page.close()


@pytest.mark.e2e
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1400])
def test_it_fits_each_screen_and_draws_its_charts(browser: Any, tmp_path: Path, scheme: str, width: int) -> None:
    path = tmp_path / "report.html"
    path.write_text(html(PLAIN, [f"https://{name}/1" for name in PLAIN]), "utf-8")
    page, errors, _ = opened(browser, path, color_scheme=scheme, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".chart canvas").count() >= 1
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)" if scheme == "light" else "rgb(22, 24, 27)"
    )
    page.locator("input[data-filter=site-days]").fill("gull29")
    assert page.locator("#site-days tbody tr:visible").count() == 1
    page.locator("input[data-graph]").fill("gull3.")
    assert page.locator("#graph .away").count() > 0
    page.goto(f"{path.as_uri()}#behind-gull3.example-gull3.example")
    assert page.locator("#behind tbody tr").first.is_visible()
    page.keyboard.press("Tab")
    assert errors == []
    page.close()


@pytest.mark.e2e
def test_it_reads_without_scripts(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(html(PLAIN, [f"https://{name}/1" for name in PLAIN]), "utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("#by-day tbody tr").count() == 30
    assert page.locator("#by-day tbody tr").first.is_visible()
    assert not page.locator(".filter").first.is_visible()
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    context.close()


@pytest.mark.e2e
def test_the_command_writes_the_page_and_no_file_beside_it(tmp_path: Path) -> None:
    ran(tmp_path / "data", 0.01, {"gull.example": seen(7, rejected=2)})
    out = tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "scrapy", "report", "-s", f"NEWSCRAWL_DATA_DIR={tmp_path / 'data'}"]
    done = subprocess.run([*command, "--out", str(out / "page.html")], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert [file.name for file in out.iterdir()] == ["page.html"]
    page = (out / "page.html").read_text("utf-8")
    assert "gull.example" in page
    (run,) = (tmp_path / "data" / "runs").iterdir()
    assert f"../data/runs/{run.name}" in page
    assert json.loads(run.read_text())["run_id"] in page
    assert subprocess.run([*command, "--days", "0"], capture_output=True, timeout=60).returncode == 2
