"""The figures of all sites for those who have a system: a Prometheus text file, and OpenTelemetry."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path

from newscrawl.views.run_files import RunFile
from newscrawl.views.site_status import SiteStatus

Labels = tuple[tuple[str, str], ...]
Values = list[tuple[Labels, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One gauge with its values."""

    name: str
    """As Prometheus writes it; OpenTelemetry's has dots, and no unit at its end."""
    unit: str
    """By UCUM, as OpenTelemetry wants it."""
    text: str
    values: Values

    @property
    def dotted(self) -> str:
        """OpenTelemetry's name."""
        for end in ("_timestamp_seconds", "_ratio"):
            if self.name.endswith(end):
                return self.name.removesuffix(end).replace("_", ".", 2)
        return self.name.replace("_", ".", 2)


def metrics(sites: Iterable[SiteStatus], runs: Mapping[str, RunFile]) -> list[Metric]:
    """What is known after a run."""
    known: list[tuple[SiteStatus, Labels]] = [
        (site, (("spider", site.spider), ("site", site.site))) for site in sites if site.site
    ]
    last: Values = [(labels, at) for site, labels in known if (at := _seconds(site.last_run))]
    codes: Values = [((("spider", spider),), float(run.exit_code)) for spider, run in runs.items()]
    ended: Values = [((("spider", spider),), at) for spider, run in runs.items() if (at := _seconds(run.finished_at))]
    visits: Values = [
        ((("spider", spider), ("outcome", outcome)), float(count))
        for spider, run in runs.items()
        for outcome, count in run.visits.items()
    ]
    troubles: Values = [
        ((*labels, ("problem", one.name)), 1.0) for site, labels in known for one in site.problems if not one.muted
    ]
    rows: list[tuple[str, str, str, Values]] = [
        ("newscrawl_site_new_articles", "{article}", "New articles in 24 hours", [(at, s.new) for s, at in known]),
        (
            "newscrawl_site_usual_articles",
            "{article}",
            "New articles in 24 hours on such a weekday before",
            [(at, s.usual) for s, at in known if s.usual is not None],
        ),
        ("newscrawl_site_last_run_timestamp_seconds", "s", "When the site's last run ended", last),
        (
            "newscrawl_site_rejected_ratio",
            "1",
            "Share of new pages rejected, 7 days",
            [(at, s.rejected) for s, at in known],
        ),
        ("newscrawl_site_failed_ratio", "1", "Share of new pages failed, 7 days", [(at, s.failed) for s, at in known]),
        ("newscrawl_site_trouble", "1", "1 for each problem that is not muted", troubles),
        ("newscrawl_run_exit_code", "1", "Exit code of the spider's last run", codes),
        ("newscrawl_run_end_timestamp_seconds", "s", "When the spider's last run ended", ended),
        ("newscrawl_run_visits", "{page}", "Pages of the spider's last run by outcome", visits),
    ]
    return [Metric(name=name, unit=unit, text=text, values=values) for name, unit, text, values in rows]


def _seconds(moment: str | None) -> float:
    try:
        return datetime.fromisoformat(moment or "").astimezone(UTC).timestamp()
    except ValueError:
        return 0.0


def write_text_file(found: list[Metric], path: Path) -> None:
    """For the text file collector of Prometheus' node exporter; whole or not at all. ImportError, OSError."""
    from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

    registry = CollectorRegistry()
    for metric in found:
        if metric.values:
            names = [name for name, _ in metric.values[0][0]]
            gauge = Gauge(metric.name, metric.text, names, registry=registry)
            for labels, value in metric.values:
                gauge.labels(**dict(labels)).set(value)
    write_to_textfile(str(path), registry)


def export(found: list[Metric]) -> None:
    """By OpenTelemetry's SDK, with the exporter that OTEL_METRICS_EXPORTER names (otlp, console). ImportError,
    LookupError."""
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

    wanted = os.environ.get("OTEL_METRICS_EXPORTER", "otlp")
    exporters = [*entry_points(group="opentelemetry_metrics_exporter", name=wanted)]
    if not exporters:
        raise LookupError(f"OpenTelemetry has no exporter {wanted!r}: install opentelemetry-exporter-otlp")
    provider = MeterProvider(metric_readers=[PeriodicExportingMetricReader(exporters[0].load()())])
    meter = provider.get_meter("newscrawl")
    for metric in found:
        gauge = meter.create_gauge(metric.dotted, unit=metric.unit, description=metric.text)
        for labels, value in metric.values:
            gauge.set(value, dict(labels))
    provider.shutdown()
