# The commands of newscrawl. On a fresh machine each makes what it needs: make and Python 3.11 or newer are enough.
#
#   make demo        crawl the sample outlets and show what comes out
#   make test        all tests, then the quick ones on the newest other Python found (PYTHONS=all: on each, 3.11 to 3.14)
#   make check       lint, format, types, import directions, pinned list against pyproject.toml (make -k check: all of
#                    them, past the first that fails)
#   make docs        build the docs as a site with search in site/
#   make format      mend what the linter can mend
#   make lock        renew the pinned lists in requirements/ (make lock UPGRADE=--upgrade: to the newest releases)
#   make bench-venv  .venv-bench with the peers that the benchmarks measure against
#   make clean       throw away environments and caches, never data/
#
# PYTHON=/path/to/python3.13 chooses the interpreter of a new .venv; PYTEST="-k name -x" goes to pytest.

.PHONY: docs demo test check check-lint check-format check-types check-imports check-lock check-docs format lock bench-venv clean venv
MADE_OF := tools/make-venv requirements/uv.txt pyproject.toml
export PYTHON

venv: .venv/.made

demo: .venv/.made
	.venv/bin/python -m newscrawl.demo

test: .venv/.made
	tools/find-browser
	tools/find-postgres
	.venv/bin/python -m pytest -n 2 $(PYTEST)
	tools/test-other-pythons $(PYTEST)

check: check-lint check-format check-types check-imports check-lock check-docs

check-lint: .venv/.made
	.venv/bin/ruff check

check-format: .venv/.made
	.venv/bin/ruff format --check

check-docs: .venv/.made
	.venv/bin/zensical build --strict --config-file mkdocs.yml

docs: check-docs

check-types: .venv/.made
	.venv/bin/mypy

check-imports: .venv/.made
	.venv/bin/lint-imports --no-logo

check-lock: .venv/.made
	.venv/bin/python tools/check_lock.py

format: .venv/.made
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

lock: .venv/.made
	tools/lock $(UPGRADE)

bench-venv: .venv-bench/.made

.venv/.made: $(MADE_OF) requirements/full.txt
	tools/make-venv .venv requirements/full.txt

.venv-bench/.made: $(MADE_OF) requirements/bench.txt
	tools/make-venv .venv-bench requirements/bench.txt

clean:
	rm -rf .venv .venv-* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .cache site demo-data
