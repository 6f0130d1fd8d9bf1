# What a person may ask of this copy of Sambang. `make` alone lists it.

SHELL := /bin/bash
PYTHON := .venv/bin/python
# The locks name every package: nothing is left to resolve, and an old pip would do it wrongly.
PIP := $(PYTHON) -m pip --disable-pip-version-check install --quiet --require-hashes --no-deps
APPS := workflow school recaps cases homevisits support reports counseling

export HOST ?= 127.0.0.1
export PORT ?= 8000

# Whoever serves the demo to other devices has no secrets in it; any name for the machine will do.
comma := ,
DEMO_HOSTS := $(if $(filter 0.0.0.0,$(HOST)),*,$(HOST)$(comma)127.0.0.1$(comma)localhost)

.DEFAULT_GOAL := help
.PHONY: help setup serve demo demo-data demo-reset test check format lock bench trust shots

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */  make \1\t/' | expand -t 22

setup: .venv/.runtime var/secret_key ## set up a real school on an empty database (without questions: ARGS=…)
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py collectstatic --no-input --verbosity 0
	@$(PYTHON) manage.py setup $(ARGS)
	@echo "Serve it with: make serve  (behind https: docs/deploy.md; to look at it first: SECURE=0 make serve)"

serve: .venv/.runtime var/secret_key ## serve the school of this database on HOST:PORT
	@exec $(PYTHON) -m gunicorn counseling.wsgi

demo: demo-data ## set up, load the demo school unless it is there, serve it on HOST:PORT
	@echo "Sambang: http://$(HOST):$(PORT)/  (Ctrl-C stops it)"
	@SECURE=0 ALLOWED_HOSTS="$${ALLOWED_HOSTS:-$(DEMO_HOSTS)}" \
		exec $(PYTHON) -m gunicorn counseling.wsgi

demo-data: .venv/.runtime var/secret_key
	@SECURE=0 $(PYTHON) manage.py demo --ask
	@SECURE=0 $(PYTHON) manage.py migrate --verbosity 0
	@SECURE=0 $(PYTHON) manage.py collectstatic --no-input --verbosity 0
	@SECURE=0 $(PYTHON) manage.py demo

demo-reset: .venv/.runtime var/secret_key ## throw the demo school away and start over
	@SECURE=0 $(PYTHON) manage.py demo_reset
	@$(MAKE) --no-print-directory demo

test: .venv/.dev ## all tests: SQLite, PostgreSQL where it answers, the browser where Chromium is
	@$(PYTHON) scripts/test.py

check: .venv/.dev var/secret_key ## format, lint, templates, types, room order, migrations, settings
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m djlint templates --lint --quiet
	$(PYTHON) scripts/check_templates.py
	$(PYTHON) -m mypy $(APPS)
	.venv/bin/lint-imports
	DATABASE_URL=sqlite://:memory: $(PYTHON) manage.py makemigrations --check --dry-run
	DATABASE_URL=sqlite://:memory: $(PYTHON) manage.py check --deploy --fail-level WARNING

format: .venv/.dev ## put code into shape
	$(PYTHON) -m ruff check --fix-only --quiet .
	$(PYTHON) -m ruff format .

bench: .venv/.dev ## measure a real server beside a bare Django (in short: ARGS=--quick)
	@PYTHONPATH=scripts $(PYTHON) -m bench $(ARGS)

trust: .venv/.dev ## the long trust tests on both databases; their figures go into docs/trust.md
	@$(PYTHON) scripts/trust.py

shots: .venv/.dev var/secret_key ## make the pictures of README and guides anew (needs Chromium)
	@$(PYTHON) scripts/shots.py

lock: ## compile the locks anew (needs uv)
	uv --no-config pip compile --universal --generate-hashes --python-version 3.11 --no-header \
		--upgrade -o requirements.txt requirements.in
	uv --no-config pip compile --universal --generate-hashes --python-version 3.11 --no-header \
		--upgrade -o requirements-dev.txt requirements-dev.in

.venv/bin/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sambang needs Python 3.11 or newer.")'
	@python3 -m venv .venv

.venv/.runtime: requirements.txt | .venv/bin/python
	@echo "Installing what Sambang runs on ..."
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.dev: requirements.txt requirements-dev.txt | .venv/bin/python
	@echo "Installing what Sambang and its tests need ..."
	@$(PIP) -r requirements.txt -r requirements-dev.txt
	@touch .venv/.runtime $@

var/secret_key: | .venv/bin/python
	@mkdir -p -m 700 var
	@(umask 077 && $(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))' > $@)
