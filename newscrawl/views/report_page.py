"""The report as one HTML page that loads nothing: style, chart library and script are written into it."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from newscrawl.views.report_data import ReportData, shown, web_link


def report_page(data: ReportData, *, records: str, summaries: str) -> str:
    """The page. `records` and `summaries`: URLs of the folders with the records' files and the runs' summaries, seen
    from where the page stands."""
    own = files("newscrawl.views")
    scripts = [_text(own / "uplot" / "uPlot.iife.min.js"), _text(own / "report.js")]
    styles = [_text(own / "uplot" / "uPlot.min.css"), _text(own / "report.css")]
    environment = Environment(
        loader=PackageLoader("newscrawl.views", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(shown=shown, web_link=web_link, bytes=_bytes, share=_share)
    return environment.get_template("report.html").render(
        data=data,
        records=records.rstrip("/"),
        summaries=summaries.rstrip("/"),
        policy=_policy(scripts, styles),
        scripts=[Markup(text) for text in scripts],  # noqa: S704 - our own files
        styles=[Markup(text) for text in styles],  # noqa: S704
    )


def _text(file: object) -> str:
    return file.read_text("utf-8").strip()  # type: ignore[attr-defined, no-any-return]


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Content-Security-Policy: these scripts and styles, and nothing else."""
    script, style = (" ".join(f"'sha256-{_digest(text)}'" for text in texts) for texts in (scripts, styles))
    return f"default-src 'none'; script-src {script}; style-src {style}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _bytes(count: int) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}"
        count //= 1000
    return ""


def _share(some: int, of: int) -> str:
    return f"{some / of:.0%}" if of else "-"
