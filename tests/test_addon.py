"""The add-on in a project with components of its own: they stand beside newscrawl's; what fetches nothing is told."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from scrapy import Spider
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.resolver import CachingHostnameResolver
from scrapy.settings import BaseSettings, Settings

from newscrawl import settings as newscrawl_settings
from newscrawl.addon import COMPONENTS, Addon
from newscrawl.config import Config
from newscrawl.fetch.resolver import GuardedResolver, _PublicOnly
from newscrawl.spider import SiteSpider


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_projects_own_components_take_none_of_newscrawls_out(name: str) -> None:
    settings = Settings()
    settings.set(name, {"theirs.Component": 7}, priority="project")
    Addon().update_settings(settings)
    ours = getattr(newscrawl_settings, name)
    assert settings.getdict(name) == ours | {"theirs.Component": 7}


def test_a_project_has_the_last_word_on_one_of_newscrawls() -> None:
    settings = Settings()
    stories = "newscrawl.pipelines.link_stories.StoriesPipeline"
    settings.set("ITEM_PIPELINES", {stories: None}, priority="project")
    Addon().update_settings(settings)
    assert settings.getdict("ITEM_PIPELINES")[stories] is None
    assert len(settings.getdict("ITEM_PIPELINES")) == len(newscrawl_settings.ITEM_PIPELINES)


def test_what_another_addon_adds_stays() -> None:
    """As scrapy-poet does: into the table that is there."""
    settings = Settings()
    Addon.update_pre_crawler_settings(settings)
    settings["DOWNLOADER_MIDDLEWARES"]["poet.Injection"] = 543
    Addon().update_settings(settings)
    ours = newscrawl_settings.DOWNLOADER_MIDDLEWARES
    assert settings.getdict("DOWNLOADER_MIDDLEWARES") == ours | {"poet.Injection": 543}


def test_defaults_hold_before_the_addon_is_loaded() -> None:
    assert Config.from_settings(Settings()).worker_cpu_seconds == newscrawl_settings.NEWSCRAWL_WORKER_CPU_SECONDS


def test_the_resolver_of_the_guard_is_set_for_the_process() -> None:
    process = AsyncCrawlerRunner({"ADDONS": {"newscrawl.addon.Addon": 500}})
    assert process.settings["TWISTED_DNS_RESOLVER"] == newscrawl_settings.TWISTED_DNS_RESOLVER


class Foreign(Spider):
    name = "foreign"


def test_other_spiders_of_the_project_keep_scrapys_settings() -> None:
    project = {"ADDONS": {"newscrawl.addon.Addon": 500}}
    process = AsyncCrawlerRunner(project)
    with_addon, without = Crawler(Foreign, process.settings), Crawler(Foreign, Settings())
    with_addon.addons.load_settings(with_addon.settings)
    different = {
        name
        for name in {*with_addon.settings, *without.settings}
        if name != "DNS_RESOLVER" and _plain(with_addon.settings.get(name)) != _plain(without.settings.get(name))
    }
    assert different == {"ADDONS", "TWISTED_DNS_RESOLVER"}


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, BaseSettings) else value


def test_the_resolver_is_scrapys_own_in_a_process_without_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(
        CachingHostnameResolver, "resolveHostName", lambda self, receiver, *rest: asked.append(receiver)
    )
    resolver, receiver = GuardedResolver(SimpleNamespace(nameResolver=None), 10), object()
    monkeypatch.setattr(GuardedResolver, "is_guarding", False)
    resolver.resolveHostName(receiver, "intranet.example", 80)
    monkeypatch.setattr(GuardedResolver, "is_guarding", True)
    resolver.resolveHostName(_Receiver(), "intranet.example", 80)
    assert asked[0] is receiver
    assert isinstance(asked[1], _PublicOnly)


class _Receiver:
    def resolutionBegan(self) -> None: ...  # noqa: N802

    def resolutionComplete(self) -> None: ...  # noqa: N802


class Old(SiteSpider):
    name = "old"

    def start_requests(self):
        yield None

    start = Spider.start


def test_a_spider_with_start_requests_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="write `async def start"):
        Addon.from_crawler(Crawler(Old, Settings()))
    assert Addon.from_crawler(Crawler(Spider, Settings()))
