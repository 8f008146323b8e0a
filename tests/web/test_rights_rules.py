"""The setting NEWSCRAWL_RIGHTS: which statements fit which rules, the strictest action, what is no rule."""

import pytest

from newscrawl.items import Rights
from newscrawl.web.rights_rules import action_of, rights_rules


@pytest.mark.parametrize(
    ("rule", "rights", "fits"),
    [
        ("tdm:drop", Rights(tdm="1"), True),
        ("tdm:drop", Rights(tdm="0"), False),
        ("tdm:drop", Rights(), False),
        ("license:drop", Rights(license="https://rsl.example/terms"), True),
        ("robots.noai:drop", Rights(robots="index, NoAI"), True),
        ("robots.noai:drop", Rights(robots="otherbot: noai"), False),
        ("robots.noai:drop", Rights(robots="noaiimage"), False),
        ("content_signal.ai-train:drop", Rights(content_signal="search=yes, ai-train=no"), True),
        ("content_signal.ai-train:drop", Rights(content_signal="search=no,ai-train = yes"), False),
        ("content_usage.train-ai:drop", Rights(content_usage="train-ai=n"), True),
        ("content_usage.train-ai:drop", Rights(content_usage="train-ai=y;search=n"), False),
    ],
)
def test_statements_that_refuse(rule: str, rights: Rights, fits: bool) -> None:
    assert (action_of(rights_rules(rule), rights) == "drop") is fits


def test_the_strictest_action_counts() -> None:
    rules = rights_rules("robots.noai:mark, tdm:skip,license:drop")
    assert action_of(rules, Rights(robots="noai")) == "mark"
    assert action_of(rules, Rights(robots="noai", license="x")) == "drop"
    assert action_of(rules, Rights(robots="noai", license="x", tdm="1")) == "skip"
    assert action_of(rights_rules(""), Rights(tdm="1")) is None


@pytest.mark.parametrize(
    "setting", ["tdm", "tdm:eat", "tdm.x:drop", "robots:drop", "nothing:drop", "tdm:drop robots.x:mark"]
)
def test_a_bad_setting_is_named(setting: str) -> None:
    with pytest.raises(ValueError, match="NEWSCRAWL_RIGHTS"):
        rights_rules(setting)
