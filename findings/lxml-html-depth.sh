#!/bin/sh
# lxml's HTML parser, in its default mode, keeps nothing of a page from the 256th nested element on, closed or not, and what
# follows in shallow places is lost with it. No exception is raised; only the parser's error_log knows. huge_tree=True keeps it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q --disable-pip-version-check install 'lxml==6.1.3' 'lxml_html_clean==0.4.4' 'trafilatura==2.3.1'
"$folder/venv/bin/python" - <<'PYTHON'
import lxml.html
from lxml import etree
import trafilatura

def page(depth):
    story = "".join(f"<p>Paragraph {n} of a story about the old bridge, which the town will mend with stone.</p>" for n in range(9))
    return f"<html><body><p>before</p>{'<div>' * depth}<article>{story}</article>{'</div>' * depth}<p>behind</p></body></html>"

print("lxml", etree.__version__, "libxml2", ".".join(map(str, etree.LIBXML_VERSION)), "trafilatura", trafilatura.__version__)
seen = {}
for depth in (250, 260):
    parser = lxml.html.HTMLParser()
    text = lxml.html.document_fromstring(page(depth), parser=parser).text_content()
    huge = lxml.html.document_fromstring(page(depth), parser=lxml.html.HTMLParser(huge_tree=True)).text_content()
    found = trafilatura.extract(page(depth)) or ""
    seen[depth] = ("Paragraph 8" in text, "behind" in text, "Paragraph 8" in huge, "Paragraph 8" in found)
    print(depth, "story, what follows, story with huge_tree, trafilatura's story:", seen[depth])
    print("   error_log:", [entry.message for entry in parser.error_log][:1])
assert seen == {250: (True, True, True, True), 260: (False, False, True, False)}, seen
PYTHON
