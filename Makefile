# Two commands on a fresh machine: `make demo` and `make test`. The others are for developers.
# Everything is installed into .venv from requirements/*.txt, pinned with hashes.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
DATE ?= $(shell date +%F)

.PHONY: help setup demo report screenshots guides test test-postgres-15 check lint fast-tests bench model format lock tables browser fonts clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(READY): pyproject.toml requirements/uv.txt requirements/dev.txt scripts/setup
	scripts/setup $(PYTHON)
	@touch $@

setup: $(READY) ## Install everything into .venv

demo: $(READY) ## Make a member's deployment with a synthetic month, and serve its staff site
	$(BIN)/python -m scripts.demo $(DEMO_FLAGS)

report: $(READY) ## Screen the guides' examples and write one HTML report, in build/report
	$(BIN)/python scripts/report.py $(REPORT_FLAGS)

screenshots: $(READY) browser ## Renew the pictures in docs/pictures
	$(BIN)/python -m scripts.screenshots

guides: $(READY) fonts ## Write the handbook of all guides: pages and PDF, in build/guides
	rm -rf build/guides
	$(BIN)/lianfang guide book build/guides

test: lint browser test-postgres-15 ## All checks and all tests: what CI runs
	$(BIN)/python -m pytest -n 2

test-postgres-15: $(READY) ## The tests that ask the database, on Debian's PostgreSQL 15 over TCP
	scripts/system-packages postgresql-15
	LIANFANG_TEST_SERVER=15 $(BIN)/python -m pytest -n 2 -m database tests/web

check: lint fast-tests ## The quick loop: format, lint, types, floors, guides, fast tests

lint: $(READY)
	$(BIN)/ruff format --check src tests bench scripts
	$(BIN)/ruff check src tests bench scripts
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lianfang guide check

fast-tests: $(READY)
	$(BIN)/python -m pytest -n 2 -m "not slow"

bench: $(READY) ## Measure quality and speed; writes bench/*/results
	$(BIN)/python -m bench.quality --date $(DATE)
	$(BIN)/python -m bench.quality --date $(DATE) --strengths --out bench/quality/results/strengths
	$(BIN)/python -m bench.quality.page
	$(BIN)/python -m bench.speed --date $(DATE) $(BENCH_FLAGS)
	$(BIN)/python -m bench.platform --date $(DATE) $(BENCH_FLAGS)

model: $(READY) ## Train the shipped weights anew from guides/corpus
	$(BIN)/lianfang model train

format: $(READY) ## Format and mend what can be mended
	$(BIN)/ruff format src tests bench scripts
	$(BIN)/ruff check --fix src tests bench scripts

lock: $(READY) ## Compile requirements/*.txt anew from pyproject.toml
	scripts/lock

tables: $(READY) ## Generate the tables of characters and disguises anew
	$(BIN)/python scripts/make_tables.py
	$(BIN)/python scripts/make_disguise.py

browser: $(READY) fonts
	scripts/system-packages chromium

fonts:
	scripts/system-packages fonts-noto-cjk fonts-dejavu-core

clean: ## Remove what was built; .venv stays
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
