"""What a crawl of many hosts with large pages takes in memory: `python -m benchmarks.memory --hosts 60 --mb 9`.

Every host lists some articles whose pages are large, for scripts or for text. Printed are the highest sums of the
processes' own memory (PSS), of the Scrapy process alone and of all, and the size of the ledger.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from tests.crawl.paper import Answer, Paper, listing
from tests.crawl.processes import below

WORDS = "harbour council ferry tide lamp bridge winter report mayor sluice pilot keel market evening school".split()


def large(name: str, size: int, text: int) -> Answer:
    """An article with that many bytes of text, in a page of that size."""
    chance = random.Random(name)
    paragraphs, length = [], 0
    while length < text:
        paragraphs.append(" ".join(chance.choices(WORDS, k=60)).capitalize() + ".")
        length += len(paragraphs[-1])
    story = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f"<html><head><title>The long story of {name}</title></head><body><article><h1>The long story of {name}</h1>"
    state = "0123456789abcdef" * ((size - length) // 16)
    return Answer(f"{head}{story}</article><script>var state = '{state}'</script></body></html>".encode())


def own_memory(process: int) -> int:
    """Bytes, what is shared counted in parts."""
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def main() -> None:
    """Crawls and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=60)
    parser.add_argument("--articles", type=int, default=3, help="of each host")
    parser.add_argument("--mb", type=float, default=9, help="of a page")
    parser.add_argument("--text-kb", type=int, default=300, help="of an article's text")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3600, help="after which the crawl is ended")
    options = parser.parse_args()
    names = [f"/{number}-story-of-the-harbour" for number in range(options.articles)]
    size, text = int(options.mb * 2**20), options.text_kb * 1024
    pages = {name: large(name, size, text) for name in names}
    hosts = [f"paper{number}.example" for number in range(options.hosts)]
    every = {f"{host}{name}": page for host in hosts for name, page in pages.items()}
    every |= {f"{host}/": listing(names) for host in hosts}
    with tempfile.TemporaryDirectory() as folder, Paper(every) as paper:
        crawl = paper.crawl(Path(folder))
        (crawl.folder / "sites.txt").write_text("".join(f"http://{host}/\n" for host in hosts))
        began = time.monotonic()
        run = crawl.start("news", "-a", "urls_file=sites.txt", delay=1, workers=options.workers)
        main_most = all_most = 0
        while run.poll() is None:
            main = own_memory(run.pid)
            every_one = main + sum(map(own_memory, below(run.pid)))
            main_most, all_most = max(main_most, main), max(all_most, every_one)
            time.sleep(0.2)
            if time.monotonic() > began + options.seconds:
                run.terminate()
        ledger = sum(file.stat().st_size for file in crawl.data.glob("ledger.db*"))
        records = len(crawl.records())
        print(crawl.log().splitlines()[-1])
    print(
        f"{options.hosts} hosts, pages of {options.mb} MB: {main_most / 2**20:.0f} MB in the Scrapy process,"
        f" {all_most / 2**20:.0f} MB in all, ledger {ledger / 2**20:.0f} MB, {records} records,"
        f" {time.monotonic() - began:.0f} s"
    )


if __name__ == "__main__":
    main()
