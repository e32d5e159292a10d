# Every command of a developer's day. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate --extra build

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test check format messages settings screenshots tree lock clean

help: ## show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/.installed ## what `make run` needs, into .venv (exact versions and hashes)

install-dev: $(VENV)/.installed-dev ## what `make test` and `make check` need as well

$(VENV)/.pip: tools/make_venv.sh
	@bash tools/make_venv.sh $(PYTHON) $(VENV)
	@touch $@

$(VENV)/.installed: requirements.lock pyproject.toml $(VENV)/.pip
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

run: install ## the whole shop on this machine: http://HOST:PORT (127.0.0.1:8000)
	@exec $(BIN)/bookstore up --host $(HOST) --port $(PORT)

test: install-dev ## every test, on real servers; says what it left out and why
	@bash tools/test.sh

check: install-dev ## format, lint, types, import directions, templates, messages, sizes
	@bash tools/check.sh

format: install-dev ## let ruff write the code's format and the fixes it is sure of
	$(BIN)/ruff format . && $(BIN)/ruff check --fix .

messages: install-dev ## gather the texts of the pages into bookstore/locale/
	@$(BIN)/python tools/messages.py

settings: install-dev ## write docs/settings.md from the settings class
	@$(BIN)/python tools/settings_table.py

tree: install-dev ## write docs/tree.md from the files' own first lines
	@$(BIN)/python tools/tree.py

screenshots: install-dev ## take docs/screenshots/ of the demo again (needs Chromium)
	@$(BIN)/python tools/screenshots.py

lock: $(VENV)/.installed-dev ## write both lock files again from pyproject.toml
	env -u PIP_FIND_LINKS $(UV_COMPILE) $(UPGRADE) pyproject.toml --output-file requirements.lock
	env -u PIP_FIND_LINKS $(UV_COMPILE) $(UPGRADE) --extra dev --constraint requirements.lock \
		pyproject.toml --output-file requirements-dev.lock

clean: ## remove what the tools made, not the shop's data in var/
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
