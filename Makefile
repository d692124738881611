# The one door: people, CI and the README call these targets and nothing else.
SHELL := /bin/sh
PY := .venv/bin/python
MANAGE := $(PY) manage.py
WITH_SERVERS := $(PY) -m kaderjamsos.servers with
COMPILE := CUSTOM_COMPILE_COMMAND="make requirements" .venv/bin/pip-compile --quiet --generate-hashes \
	--allow-unsafe --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	--no-emit-options

# Where the environment forbids bytecode, each of the many processes would compile everything anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench fuzz seed reset shots pages logins messages requirements

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup: ## Make .venv with everything for tests and development
	@bin/setup test

# exec: the shell must not stay between make and bin/run, or it would swallow make's TERM.
run: ## Run the product with its demonstration worlds (PORT=8000, KJ_HOME=var)
	@KJ_UNDER_MAKE=$$PPID exec bin/run

test: setup ## Run the whole test suite, browser journeys included (ARGS="-k word")
	@$(WITH_SERVERS) $(PY) -m pytest -n 3 --dist loadgroup --no-loadscope-reorder $(ARGS)

check: setup ## Lint, format, types, rules of the source, templates, migrations, deployment
	@bin/check

bench: setup ## Measure against baselines of the same run; writes bench/results.json
	@$(WITH_SERVERS) $(PY) -m bench $(ARGS)

fuzz: setup ## Read 10,000 mutilated rosters and six bombs; prints the figures (ARGS="--seed 1")
	@$(PY) -m tests.fuzz $(ARGS)

seed: ## Load area codes and demonstration worlds again (changes nothing that is there)
	@KJ_UNDER_MAKE=$$PPID exec bin/run --seed

reset: ## Delete this copy's data, then seed it anew
	@bin/setup
	@$(PY) -m kaderjamsos.servers reset
	@$(MAKE) --no-print-directory seed

shots: setup ## Photograph the seeded site into docs/screens/
	@$(WITH_SERVERS) $(PY) -m tests.shots $(ARGS)

pages: setup ## Look for barriers on every page, in both languages at three widths (ARGS="id-360")
	@$(WITH_SERVERS) $(PY) -m tests.pages $(ARGS)

logins: ## The demonstration logins as JSON (use make -s logins)
	@bin/setup >&2
	@$(WITH_SERVERS) $(MANAGE) logins

messages: setup ## Gather the sentences for English and compile locale/en
	@$(PY) -m django makemessages --locale en --no-location --no-obsolete --verbosity 0 \
		--ignore .venv --ignore node_modules --ignore var --ignore tests --ignore bench
	@$(PY) -m django compilemessages --locale en --locale id --verbosity 0 --ignore .venv --ignore node_modules

requirements: setup ## Compile requirements*.in into pinned, hashed lists
	@$(COMPILE) --output-file=requirements.txt requirements.in
	@$(COMPILE) --output-file=requirements-dev.txt requirements-dev.in
