# The two commands are `make demo` and `make test`; `make help` lists the others.

# The newest of these that is there and recent enough; `make demo PYTHON=/path/to/python` chooses.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$name && break; done)
VENV := .venv
BIN := $(VENV)/bin
# pip reads the first for what it installs and, until 25.3, for build backends; since then the second.
PINNED := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt
PIP_INSTALL := $(PINNED) $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable
# Node comes with the Python packages; npm and what it installs look for it on the PATH.
WITH_NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
NPM_STAMP := node_modules/.package-lock.json

.PHONY: help demo test coverage lint faults fuzz conformance walk long bench release constraints clean

help:
	@echo "make demo         build the demo release once and show it (PORT=8050)"
	@echo "make test         check the code and run every test, those in a browser included"
	@echo "make coverage     run the tests of Python and say which lines none of them reaches (slower)"
	@echo "make lint         check style, types and spelling only"
	@echo "make faults       write docs/faults.md from the names of the tests of faults"
	@echo "make fuzz         try thousands of damaged files and odd requests (PARTS=files CASES=500 SEED=7)"
	@echo "make long         open 500 sessions in one tab and count what stays (takes half an hour)"
	@echo "make walk         try every control of every page (takes about half an hour)"
	@echo "make conformance  let AllenSDK open the demo release (takes minutes)"
	@echo "make bench        measure how fast it is beside its peers (FILE=x.nwb, ROWS='picker growth', JSON=x.json)"
	@echo "make release      VERSION=1.2.3: changelog, wheel, commit and tag, on this machine only"
	@echo "make constraints  pin the newest releases of all dependencies"
	@echo "make clean        remove the environment and everything that was built here"

demo: $(VENV)/runtime
	@$(BIN)/vbdash demo $(if $(PORT),--port $(PORT))

test: lint
	$(WITH_NODE) node --test --test-reporter dot "tests/js/**/*.test.js"
	@$(BIN)/python -m tests.support.chromium
	$(BIN)/pytest --numprocesses 2 --dist loadscope

coverage: $(VENV)/development
	$(BIN)/pytest --numprocesses 2 --dist loadscope --cov --cov-report html

lint: $(VENV)/development $(NPM_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(WITH_NODE) node_modules/.bin/biome ci --error-on-warnings
	$(WITH_NODE) node_modules/.bin/tsc --project .
	$(WITH_NODE) node_modules/.bin/tsc --project tests/js
	$(BIN)/codespell

faults: $(VENV)/development
	@$(BIN)/python -m tests.support.faults

fuzz: $(VENV)/development
	$(BIN)/python -m tests.fuzz $(PARTS) $(if $(CASES),--cases $(CASES)) $(if $(SEED),--seed $(SEED))

conformance: $(VENV)/development
	$(BIN)/pytest -m conformance tests/conformance

walk: $(VENV)/development
	$(BIN)/pytest --numprocesses 2 -m "walk or browser" --timeout 600 tests/browser/test_every_control.py

long: $(VENV)/development
	$(BIN)/pytest -m long --capture no tests/browser/test_open_all_day.py

bench: $(VENV)/development
	@$(BIN)/python -m tests.support.chromium
	$(BIN)/python -m benchmarks $(if $(FILE),--file '$(FILE)') $(if $(JSON),--json '$(JSON)') $(ROWS)

release: $(VENV)/development
	@$(BIN)/python -m tests.support.chromium
	@$(PINNED) $(BIN)/python -m release '$(VERSION)'

# A stamp per set of packages: the environment changes only when what it is made from has changed.
$(VENV)/runtime: pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing into $(VENV) (a minute or two)"
	@$(PIP_INSTALL) .
	@touch $@

$(VENV)/development: pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing into $(VENV) with the tools for tests (a minute or two)"
	@$(PIP_INSTALL) '.[test,lint]'
	@touch $@ $(VENV)/runtime

# npm writes the stamp itself, but leaves it alone where nothing has changed.
$(NPM_STAMP): package.json package-lock.json .npmrc | $(VENV)/development
	@$(WITH_NODE) npm ci --loglevel error >/dev/null
	@touch $@

$(BIN)/pip:
	@test -n "$(PYTHON)" || { \
		echo "No Python 3.11 or newer was found: install one, or name it with PYTHON=/path/to/python3."; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV)

# Resolved with the oldest supported Python, so that what only that one needs is pinned too.
constraints:
	rm -rf build/constraints
	python3.11 -m venv build/constraints
	build/constraints/bin/pip install --quiet --upgrade setuptools hatchling '.[test,lint,redis]'
	{ echo "# Every package that is installed, and its version; refreshed by: make constraints"; \
	  build/constraints/bin/pip freeze --all --exclude pip --exclude visual-behavior-dashboard; } > constraints.txt
	rm -rf build/constraints

clean:
	rm -rf $(VENV) node_modules build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
