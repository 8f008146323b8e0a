#!/bin/sh
# feedparser takes a link that stands inside media:content for the entry's own: entry.link leads to the picture's page, not to the
# article, though the item's <link> comes first. The article's address is still in the feed, nowhere in entry.link.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install 'feedparser==6.0.12' 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import feedparser

def feed(inside):
    return f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>The Paper</title><link>https://paper.example/</link><description>News</description>
<item><title>Bridge reopens</title><link>https://paper.example/bridge</link>
<media:content url="https://paper.example/bridge.jpg" medium="image">{inside}</media:content></item>
</channel></rss>""".encode()

print("feedparser", feedparser.__version__)
plain, nested = (
    feedparser.parse(feed(inside)).entries[0].link
    for inside in ("<media:title>The bridge</media:title>", "<link>https://paper.example/photos/7</link>")
)
print("without a link inside:", plain)
print("with one:             ", nested)
assert (plain, nested) == ("https://paper.example/bridge", "https://paper.example/photos/7"), (plain, nested)
PYTHON
