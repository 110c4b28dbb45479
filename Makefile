# Everything here is a plain command that can be typed without make; README.md shows them.
PYTHON ?= python3
BIN := .venv/bin
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
endif
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help demo test check lint types imports docs format clean

help:  ## Show these targets
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/installed models/base models/meaning  ## A whole rehearsal on recorded answers, with real Whisper
	$(BIN)/rehearse demo

test: .venv/installed-test models/base models/tiny.en models/meaning  ## Install what the tests need, run them all
	$(BIN)/python -m pytest

check: lint types imports docs test  ## Everything that CI checks

lint: .venv/installed-dev  ## Formatting and style
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/installed-dev  ## Strict types
	$(BIN)/mypy

imports: .venv/installed-dev  ## Who may import whom
	$(BIN)/lint-imports

docs: .venv/installed-dev  ## The help texts in the docs are today's
	$(BIN)/python scripts/help_in_docs.py --check

format: .venv/installed-dev  ## Mend formatting, and the help texts in the docs
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python scripts/help_in_docs.py

clean:  ## Remove what make made, but not the models
	rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

models/%: .venv/installed
	$(BIN)/rehearse models get $*

# Nothing needs it: without it key points count in fewer words.
models/meaning: .venv/installed
	-$(BIN)/rehearse models get meaning

.venv/python: # the environment itself; a recent pip knows dependency groups
	$(PYTHON) -m venv .venv
	$(PIP) --upgrade "pip>=25.1"
	@touch $@

# Compiled here, so that the first start is as fast as the second.
.venv/installed: pyproject.toml | .venv/python
	$(PIP) --editable .
	-@$(BIN)/python -m compileall -q src
	@touch $@

.venv/installed-test: pyproject.toml .venv/installed
	$(PIP) --group test
	@touch $@

.venv/installed-dev: pyproject.toml .venv/installed-test
	$(PIP) --group dev
	@touch $@
