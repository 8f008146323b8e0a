"""Lines of site config files: what each becomes, and how bad ones are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.sites.rules import PageLink, SiteConfig, parse_config, support_of
from newscrawl.sites.rules.config_parser import LONGEST, MAX_LINES


def parsed(*lines: str) -> SiteConfig:
    found = parse_config("\n".join(lines), "site.txt")
    assert found.problems == []
    return found.config


def test_every_kind_of_line() -> None:
    config = parsed(
        "# a comment: with a colon",
        "",
        "title://h1",
        "title:   string(//h2)  ",
        "body: //div[@id='a'] | //div[@id='b']",
        "author: .//a[@rel='author']",
        "date: (//time)[1]/@datetime",
        "strip: //aside",
        "strip_attr: //img/@srcset",
        "strip_id_or_class: 'share'",
        "STRIP: //nav",
        "native_ad_clue: //div[@class='ad']",
        "prune: no",
        "autodetect_on_failure: yes",
        "test_url: https://a.example/x?y=z",
        "http_header(User-Agent): Mozilla/5.0 (X11; rv:1)",
    )
    assert config == SiteConfig(
        title=("//h1", "(string(//h2))"),
        body=("//div[@id='a'] | //div[@id='b']",),
        authors=("(.//a[@rel='author'])",),
        date=("(//time)[1]/@datetime",),
        strip=("//aside", "//img/@srcset", "//*[contains(@class, 'share') or contains(@id, 'share')]", "//nav"),
        native_ad=("//div[@class='ad']",),
        prune=False,
        autodetect=True,
    )


@pytest.mark.parametrize(
    ("lines", "pairs"),
    [
        (["find_string: a", "replace_string: b"], [("a", "b")]),
        (["find_string: a", "find_string: c", "replace_string: b", "replace_string: d"], [("a", "b"), ("c", "d")]),
        (["find_string: a", "replace_string:"], [("a", "")]),
        (["replace_string(<p />): <br /><br />"], [("<p />", "<br /><br />")]),
        (["replace_string( | heise): "], [(" | heise", "")]),
        (['replace_string(<p style="width: 1px">): <p>'], [('<p style="width: 1px">', "<p>")]),
        (["replace_string(f(x)): g"], [("f(x)", "g")]),
        (["replace_string(a): b", "replace_string(a): b"], [("a", "b"), ("a", "b")]),
        (["find_string: https://a.example:80/", "replace_string: /"], [("https://a.example:80/", "/")]),
    ],
)
def test_replacements(lines: list[str], pairs: list[tuple[str, str]]) -> None:
    assert list(parsed(*lines).replacements) == pairs


def test_a_condition_belongs_to_the_link_before_it() -> None:
    config = parsed(
        "single_page_link: //a[1]",
        "single_page_link: //a[2]",
        "if_page_contains: //b",
        "next_page_link: //a[3]",
        "if_page_contains: //i",
    )
    assert config.single_page == (PageLink(selector="//a[1]"), PageLink(selector="//a[2]", condition="//b"))
    assert config.next_page == (PageLink(selector="//a[3]", condition="//i"),)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("titl: //h1", "unknown directive 'titl'"),
        ("https://a.example/x", "unknown directive 'https'"),
        ("just words", "no colon: a line is NAME: VALUE"),
        ("title:", "title has no value"),
        ("strip_id_or_class: ''", "strip_id_or_class has no value"),
        ("body: //div[@class='x'", "\"//div[@class='x'\": Invalid predicate"),
        ("body: .text", "'.text': "),
        ("strip: //re:test(.)", "prefixed names"),
        ("strip: document('file:///etc/passwd')", "no function document()"),
        ("strip: //a[php:function('system', 'id')]", "prefixed names"),
        ("strip: //a[$x]", "no variables"),
        ("title: count(//h1)", "a float"),
        ("title: //h1 = 'x'", "a bool"),
        ("title: count('x')", "Invalid type"),
        ("prune: maybe", "prune is yes or no, not 'maybe'"),
        ("if_page_contains: //a", "follows no single_page_link or next_page_link"),
        ("replace_string(): x", "replace_string() finds nothing"),
        ("find_string: x", "1 find_string and 0 replace_string: none is used"),
        (f"title: //{'h' * LONGEST}", f"title: longer than {LONGEST} characters"),
        (f"strip: {'(' * 3000}//a{')' * 900}", ""),
        (f"strip: //a{'[b' * 1000}{']' * 1000}", ""),
        ("\u202etitle: //h1", "unknown directive"),
    ],
)
def test_a_bad_line_is_told_and_left_out(line: str, says: str) -> None:
    found = parse_config(f"# first\nbody: //article\n{line}\n", "folder/site.txt")
    (problem,) = found.problems
    assert str(problem).startswith("folder/site.txt:3: ")
    assert says in problem.text
    assert found.config == SiteConfig(body=("//article",))


def test_replacements_that_do_not_pair_are_all_left_out() -> None:
    found = parse_config("replace_string(a): b\nfind_string: c\n", "site.txt")
    assert found.config.replacements == ()
    assert [str(problem) for problem in found.problems] == [
        "site.txt:2: 2 find_string and 1 replace_string: none is used"
    ]


def test_an_endless_file_ends() -> None:
    found = parse_config("strip: //a\n" * (MAX_LINES + 2), "site.txt")
    assert len(found.config.strip) == MAX_LINES
    assert [problem.line for problem in found.problems] == [MAX_LINES + 1, MAX_LINES + 2]


@pytest.mark.parametrize(
    ("directive", "support"),
    [("strip", "applied"), ("tidy", "needless"), ("http_header", "unsupported"), ("titl", "unknown")],
)
def test_support(directive: str, support: str) -> None:
    assert support_of(directive) == support


NAMES = st.sampled_from(["title", "strip", "body", "strip_id_or_class", "find_string", "replace_string", "prune", "x"])


@given(st.lists(st.tuples(NAMES, st.sampled_from([":", ": ", "(a): ", ""]), st.text(max_size=40)), max_size=8))
def test_nothing_raises(lines: list[tuple[str, str, str]]) -> None:
    text = "\n".join("".join(line) for line in lines)
    found = parse_config(text, "site.txt")
    assert all(1 <= problem.line <= len(text.splitlines()) for problem in found.problems)
