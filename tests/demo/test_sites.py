"""The sample outlets' spiders against their saved pages in tests/demo/sites; the tests are newscrawl's own."""

pytest_plugins = ["newscrawl.pytest_sites"]


def test_site(site_check):
    site_check()
