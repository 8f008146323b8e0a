#!/bin/sh
# A feed that cannot be written leaves no sign in a crawl's end: every item is scraped, no file is there, the exit code is 0, the
# finish reason is "finished", and the statistics hold neither a success nor a failure of the feed, only an ERROR in the log.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install 'scrapy==2.19.0' 2>/dev/null
cd "$folder"
cat > three.py <<'PYTHON'
import json
from scrapy import Spider, signals


class Three(Spider):
    name = "three"

    async def start(self):
        for number in range(3):
            yield {"number": number}

    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.report, signals.engine_stopped)
        return spider

    def report(self):
        stats = self.crawler.stats.get_stats()
        kept = {key: value for key, value in stats.items() if "feedexport" in key or key.startswith(("item", "finish_reason"))}
        with open("stats.json", "w") as file:
            json.dump(kept, file)
PYTHON
touch taken # a file, so that no folder of this name can be made
set +e
venv/bin/scrapy runspider three.py -o taken/out.jsonl > log 2>&1
code=$?
set -e
venv/bin/scrapy version
echo "exit code $code, file: $(ls taken/out.jsonl 2>/dev/null || echo none), errors in the log: $(grep -c ERROR log)"
cat stats.json; echo
[ "$code" = 0 ]
[ ! -e taken/out.jsonl ]
venv/bin/python - <<'PYTHON'
import json
stats = json.load(open("stats.json"))
assert stats["item_scraped_count"] == 3, stats
assert stats["finish_reason"] == "finished", stats
assert not [key for key in stats if "feedexport" in key], stats
PYTHON
