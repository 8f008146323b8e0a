"""Pages that show what changed. All that comes from outside is escaped; nothing is loaded, no script runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinja2 import Environment, PackageLoader

from newscrawl.views.page import POLICY
from newscrawl.views.record_changes import RecordChanges
from newscrawl.views.revisions import TextChange

_TEMPLATES = Environment(loader=PackageLoader("newscrawl.views", "pages"), autoescape=True, trim_blocks=True)


def record_changes_page(found: RecordChanges, old: str, new: str) -> str:
    """What a change of rules did to records."""
    return _page("record_changes.html", found=found, old=old, new=new)


def revisions_page(changes: Sequence[TextChange]) -> str:
    """Revisions of articles side by side."""
    return _page("revisions.html", changes=changes)


def _page(name: str, **shown: Any) -> str:
    return _TEMPLATES.get_template(name).render(policy=POLICY, **shown)
