"""The figures of all sites, as Prometheus reads them, OpenTelemetry exports them and Grafana asks for them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from newscrawl.alerts.check import publish
from newscrawl.alerts.metrics import metrics
from tests.views.test_status import NOW, ran, seen

ROOT = Path(__file__).resolve().parents[2]
NAMES = {metric.name for metric in metrics([], {})}


def folder(tmp_path: Path) -> Path:
    ran(tmp_path, 1, {'gull".example\n': seen(6, rejected=2)})
    ran(tmp_path, 0.01, {'gull".example\n': seen(4, problems=["wall"], told={"wall": "x"})}, exit_code=10)
    return tmp_path


def test_prometheus_reads_the_text_file(tmp_path: Path) -> None:
    out = tmp_path / "newscrawl.prom"
    assert publish(folder(tmp_path), text_file=out, opentelemetry=False, now=NOW) == []
    samples = {
        sample.name: (sample.labels, sample.value)
        for family in text_string_to_metric_families(out.read_text())
        for sample in family.samples
    }
    assert samples["newscrawl_site_new_articles"] == ({"spider": "news", "site": 'gull".example\n'}, 4)
    assert samples["newscrawl_site_trouble"][0]["problem"] == "wall"
    assert samples["newscrawl_run_exit_code"] == ({"spider": "news"}, 10)
    assert samples["newscrawl_run_end_timestamp_seconds"][1] > 1e9
    assert samples.keys() <= NAMES


def test_opentelemetry_exports_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OTEL_METRICS_EXPORTER", "console")
    assert publish(folder(tmp_path), text_file=None, opentelemetry=True, now=NOW) == []
    shown = capsys.readouterr().out
    assert '"newscrawl.site.new_articles"' in shown
    assert '"newscrawl.site.rejected"' in shown


def test_what_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_METRICS_EXPORTER", "nowhere")
    (failed,) = publish(folder(tmp_path), text_file=None, opentelemetry=True, now=NOW)
    assert "no exporter 'nowhere'" in failed
    (failed,) = publish(tmp_path, text_file=tmp_path / "missing" / "x.prom", opentelemetry=False, now=NOW)
    assert "x.prom" in failed


def test_the_board_asks_for_figures_that_there_are() -> None:
    board = json.loads((ROOT / "docs" / "grafana.json").read_text("utf-8"))
    asked = set(re.findall(r"newscrawl_\w+", json.dumps(board["panels"])))
    assert asked <= NAMES
    assert len(asked) >= 7


def test_each_figure_is_documented() -> None:
    guide = (ROOT / "docs" / "watching.md").read_text("utf-8")
    for metric in metrics([], {}):
        assert f"`{metric.name}`" in guide
        assert f"`{metric.dotted}`" in guide
