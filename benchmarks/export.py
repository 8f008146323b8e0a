"""Records to Parquet: `scrapy export --to parquet:DIR` beside DuckDB's own JSON to Parquet, in the same run.

usage: python benchmarks/export.py RECORDS.jsonl [N]
Repeats the records of a file (of any crawl) with other ids, URLs and days, a million in all, as delivered files of one
spider; prints rows a second and the peak memory (maximum resident set) of each, and the ratio of their speeds.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from newscrawl.delivery.duckdb_schema import sql
from newscrawl.ledger import Ledger

DAYS = 30
PER_FILE = 50_000
DUCKDB = """
import duckdb, sys
db = duckdb.connect()
db.execute("SET preserve_insertion_order = false")
db.execute(open('articles.sql').read())
db.execute('''COPY (SELECT *, first_seen_at::DATE AS day, source.domain AS outlet FROM articles) TO 'duck'
    (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (day, outlet))''')
"""


def main(source: Path, count: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        size = make(folder / "data", source.read_bytes().splitlines(), count)
        (folder / "articles.sql").write_text(sql())
        print(f"{count} records, {size / 2**20:.0f} MB of JSON lines")
        environment = os.environ | {
            "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
            "NEWSCRAWL_DATA_DIR": str(folder / "data"),
        }
        export = [sys.executable, "-m", "scrapy", "export", "--to", "parquet:ours", "--name", "bench"]
        ours = measured(export, folder, environment, count)
        theirs = measured([sys.executable, "-c", DUCKDB], folder, environment, count)
        print(f"{ours / theirs:.2f} of DuckDB's speed")


def make(data: Path, lines: list[bytes], count: int) -> int:
    """Delivered files of a spider `bench`; returns their bytes."""
    started = datetime(2026, 1, 1, tzinfo=UTC)
    ledger = Ledger(data / "ledger.db", spider="bench", run_id="bench", now=lambda: datetime.now(UTC))
    ledger.finish().result()
    ledger.close()
    folder = data / "articles" / "bench"
    folder.mkdir(parents=True)
    records = [msgspec.json.decode(line) for line in lines]
    size = 0
    for first in range(0, count, PER_FILE):
        with (folder / f"bench-20260101T000000Z-{1 + first // PER_FILE}.jsonl").open("wb") as file:
            for number in range(first, min(count, first + PER_FILE)):
                record = records[number % len(records)]
                day = started + timedelta(days=number * DAYS // count)
                record |= {
                    "id": f"{number:032x}",
                    "url": f"https://{record['source']['domain']}/{number}",
                    "first_seen_at": f"{day:%Y-%m-%dT%H:%M:%SZ}",
                    "spider": "bench",
                    "revision": 1,
                }
                size += file.write(msgspec.json.encode(record) + b"\n")
    return size


def measured(command: list[str], folder: Path, environment: dict[str, str], count: int) -> float:
    """Runs it; prints and returns rows a second."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    name = "duckdb" if "-c" in command else "export"
    print(
        f"{name}: {count / seconds:.0f} rows/s in {seconds:.0f} s, CPU {usage.ru_utime + usage.ru_stime:.0f} s,"
        f" peak {usage.ru_maxrss / 1024:.0f} MB, exit {os.waitstatus_to_exitcode(status)}"
    )
    return count / seconds


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
