#!/bin/sh
# courlan's clean_url takes parameters for tracking by the beginning of any part of their name. Where a site numbers its
# articles in such a parameter, all its articles become one URL: "uid", "cid", "eid", but also whatever begins with "ga", "gl" or
# "ref", such as "gallery", "glossary" and "refid".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install 'courlan==1.4.0' 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version
from courlan import clean_url

print("courlan", version("courlan"))
lost = []
for name in ("id", "story", "uid", "cid", "eid", "gallery", "glossary", "refid", "article_source"):
    one, other = (clean_url(f"https://paper.example/show?{name}={number}") for number in (77, 78))
    print(f"{name:15} {one}   {other}")
    if one == other:
        lost.append(name)
assert lost == ["uid", "cid", "eid", "gallery", "glossary", "refid", "article_source"], lost
PYTHON
