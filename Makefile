# Everything a developer needs. `make help` lists it. Works with GNU make 3.81 and later.
# PYTHON=python3.12 make install   uses another Python than python3.

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
MANAGE := $(BIN)/python manage.py
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock'

.PHONY: help install run reset-demo test test-all check lint format bench pictures lock
.DEFAULT_GOAL := help

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

install: $(INSTALLED) ## make .venv with the exact packages of requirements/development.txt

$(INSTALLED): requirements/development.txt
	@command -v $(PYTHON) >/dev/null \
		|| { echo "Python 3.11 or later is needed, and there is no $(PYTHON) on this machine." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1)." \
			"Name a newer one: make install PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the packages into $(VENV) (once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes \
		-r requirements/development.txt
	@touch $@

run: install ## fill the database with the catalogue and the samples, serve the site, run a worker
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_catalogue
	@$(MANAGE) load_demo --site http://$(ADDRESS)
	@echo
	@echo "Begin here: http://$(ADDRESS)/demo/   Five tasks of a minute or two."
	@echo "The site: http://$(ADDRESS)/   The admin: http://$(ADDRESS)/admin/   Stop it with Ctrl-C."
	@echo "Mails are not sent, but shown: http://$(ADDRESS)/mails/"
	@trap 'kill $$worker $$! 2>/dev/null; wait' EXIT; trap 'exit 130' INT; trap 'exit 143' TERM; \
	$(MANAGE) run_worker & worker=$$!; \
	$(MANAGE) runserver $(ADDRESS) & \
	wait $$!

reset-demo: install ## empty the database of development and load the demo again; asks first
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) reset_demo --site http://$(ADDRESS)

test: install ## run all tests on PostgreSQL, some on SQLite too; ARGS='tests/cbi' goes to pytest
	@$(BIN)/python -m tests.run $(ARGS)

test-all: install ## run all tests on both databases
	@$(BIN)/python -m tests.run --both-whole $(ARGS)

check: lint ## the quick round: lint, and the tests that ask for no database
	@$(BIN)/python -m pytest -q -n auto --only=quick $(ARGS)

lint: install ## look for untidy code, templates, missing migrations and wrong settings
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --quiet --check . \
		|| { echo "Some Python files are not formatted: make format" >&2; $(BIN)/ruff format --check .; }
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 --check {} + \
		|| { echo "Some templates are not formatted: make format" >&2; exit 1; }
	@$(BIN)/python -W default manage.py check --fail-level WARNING
	@$(BIN)/python -W default manage.py makemigrations --check --dry-run
	@echo "make lint: tidy"

format: install ## put Python files and templates into their standard form
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format --quiet .
	@find templates -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} + || true

bench: install ## run every measurement in bench/
	@for script in $(sort $(wildcard bench/*.py)); do \
		echo "== $$script"; PYTHONPATH=. $(BIN)/python "$$script" || exit 1; done

pictures: install ## take the pictures of pages in the README anew
	@$(BIN)/python -m tests.pictures

lock: install ## write requirements/*.txt anew from *.in; ARGS=--upgrade takes newer versions
	@$(COMPILE) $(ARGS) requirements/base.in --output-file requirements/base.txt
	@$(COMPILE) $(ARGS) requirements/development.in --output-file requirements/development.txt
