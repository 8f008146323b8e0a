"""`python -m newscrawl.demo`: serves the sample outlets on loopback, crawls them, and shows what came out."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from newscrawl.demo.outlets import OUTLETS
from newscrawl.demo.run_demo import crawl_all
from newscrawl.demo.server import DemoServer
from newscrawl.demo.show import differences, lost_and_doubled, one_record, one_story, table


def main() -> int:
    """Crawls into a folder made anew; returns 1 where an article was lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m newscrawl.demo", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("demo-data"), help="folder, made anew (default: demo-data)")
    folder: Path = parser.parse_args().data
    if not is_ours(folder):
        print(f"{folder} holds something else than a demo's data; name another folder with --data")
        return 2
    shutil.rmtree(folder, ignore_errors=True)
    with DemoServer() as server:
        print(f"Serving {len(OUTLETS)} sample outlets on 127.0.0.1:{server.port} and crawling them:")
        runs = crawl_all(server, folder)
    records = [record for run in runs for record in run.records]
    count, *which = differences(records)
    (folder / "differences.txt").write_text("\n".join([count, *which, ""]), encoding="utf-8")
    print(f"\n{table(runs)}\n\n{one_record(records)}\n\n{one_story(records)}\n\n{count}\n")
    print(f"records  {folder}/articles/OUTLET/*.jsonl\nruns     {folder}/runs/*.json\nlogs     {folder}/logs/*.log")
    print(f"differences one by one  {folder}/differences.txt")
    faults = [f"{run.outlet.name}: exit code {run.exit_code}, see {run.log}" for run in runs if run.exit_code]
    faults += lost_and_doubled(records)
    print("\n".join(faults) or f"Every one of the {len(records)} articles was found once.")
    return 1 if faults else 0


def is_ours(folder: Path) -> bool:
    """Whether the folder may be thrown away: it is not there, is empty, or is what a demo made."""
    return not folder.exists() or not any(folder.iterdir()) or (folder / "logs").is_dir()


if __name__ == "__main__":
    sys.exit(main())
