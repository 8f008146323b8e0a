"""Each site's spider against its saved pages in tests/sites; the tests are newscrawl's own. No site is named here."""

pytest_plugins = ["newscrawl.pytest_sites"]


def test_site(site_check):
    site_check()
