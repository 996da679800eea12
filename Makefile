# Kawal. Needs make and one Python 3.11 to 3.14 with venv and pip; everything else is fetched by hash into .venv.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first Python here that is new enough; `make PYTHON=/path/to/python3.12 run` chooses another.
ifndef PYTHON
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo "$$python" && break; done)
endif

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
UV_VERSION := 0.13.8

# A stamp bears the checksum of what it stands for, so a changed lock, folder or Python is a new stamp, whatever the
# files' times say. A new runtime stamp rebuilds the environment from nothing: nothing unlocked is left behind.
checksum = $(shell { $(PYTHON) -V; pwd; cat $(1); } 2>/dev/null | cksum | tr -d ' \t')
RUNTIME := $(VENV)/.runtime-$(call checksum,requirements.lock)
DEV := $(VENV)/.dev-$(call checksum,requirements.lock requirements-dev.lock)
PROJECT := $(VENV)/.project-$(call checksum,requirements.lock pyproject.toml)

.PHONY: help run test check bench fmt docs lock clean python outside-tools

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{printf "%-12s %s\n", $$1, $$2}'

run: $(PROJECT) ## serve a command post with the played operation of Timor Tengah Utara; PORT=8010 takes another port
	@$(BIN)/kawal demo

test: outside-tools check ## every check, then every test
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(DEV) $(PROJECT) ## style, types and the directions of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src tests
	$(BIN)/lint-imports --no-cache

bench: $(DEV) $(PROJECT) ## measure; writes bench/README.md
	$(BIN)/python -m bench

fmt: $(DEV) ## format the code and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(PROJECT) ## write docs/cli.md and docs/operate/roles.md anew from the commands and the rights themselves
	$(BIN)/python -c 'from pathlib import Path; from kawal_cli.reference import render; Path("docs/cli.md").write_text(render(), encoding="utf-8")'
	@KAWAL_SECRET=only-to-write-a-page-of-documentation DJANGO_SETTINGS_MODULE=kawal_server.settings $(BIN)/python -c 'import django; django.setup(); from pathlib import Path; from kawal_server.accounts.roles import render; Path("docs/operate/roles.md").write_text(render(), encoding="utf-8")'

lock: python ## resolve the locks anew; UPGRADE=yes takes the newest versions (docs/decisions/0001-hash-locked-exports.md)
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check install -qq uv==$(UV_VERSION)
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes $(if $(UPGRADE),--upgrade) \
		--custom-compile-command 'make lock' --group build --output-file requirements.lock pyproject.toml
	.venv-lock/bin/uv pip compile --quiet --universal --generate-hashes $(if $(UPGRADE),--upgrade) \
		--custom-compile-command 'make lock' --group dev --constraints requirements.lock \
		--output-file requirements-dev.lock pyproject.toml
	rm -rf .venv-lock

clean: ## take away everything that make has made
	rm -rf $(VENV) .venv-lock build dist out src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@test -n "$(PYTHON)" || { \
		echo "Kawal needs Python 3.11, 3.12, 3.13 or 3.14, and found none here (python3 is: $$(python3 -V 2>&1))."; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.12 run"; exit 1; } >&2
	@command -v "$(PYTHON)" >/dev/null || { echo "There is no Python at $(PYTHON)."; exit 1; } >&2
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || { \
		echo "Kawal needs Python 3.11, 3.12, 3.13 or 3.14; $(PYTHON) is $$("$(PYTHON)" -V 2>&1)."; exit 1; } >&2
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment: its venv module or its pip is missing."; \
		echo "On Debian or Ubuntu: apt-get install python3-venv. Then run make again."; exit 1; } >&2

$(RUNTIME): | python
	@echo "Installing what Kawal needs into $(VENV), by hash …"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(PIP) install -qq --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

$(DEV): $(RUNTIME)
	@echo "Installing what its tests need …"
	@$(PIP) install -qq --require-hashes --only-binary :all: -r requirements-dev.lock
	@rm -f $(VENV)/.dev-* && touch $@

$(PROJECT): $(RUNTIME)
	@$(PIP) install -qq --no-build-isolation --no-deps --no-index -e .
	@rm -f $(VENV)/.project-* && touch $@

outside-tools:
	@.ci/outside-tools
