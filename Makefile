# Every task in one command; .ci/run and .github/workflows/check.yml call the same ones.
#
#   make dev          an environment with everything for development, in .venv
#   make quick        the tests to run between two edits, about 40 s on two cores
#   make test         all tests, as the README starts them
#   make page         lint and type the JavaScript of the page (needs Node.js; part of make lint)
#   make all          lint, format check, types, tests with coverage, wheel
#   make format       bring the source into its one format
#   make distributions  the wheel and the sdist, in dist/, checked
#   make wheelhouse   a zip that installs without network: make wheelhouse PLATFORM=win_amd64 PYTHON_VERSION=3.12
#   make program      the program folder for people without Python, and its zip, in dist
#   make installs     build every way to install the program, install it, and use it
#   make mutants      break the core in many small ways and list what no test notices (hours; docs/mutation.md)
#   make constraints  write constraints.txt and constraints-oldest.txt anew
#   make clean        remove the environments and what was built
#
# In another environment:  make quick VENV=.venv-oldest EXTRA=test CONSTRAINTS=constraints-oldest.txt
# CONSTRAINTS= (nothing) takes the newest versions that pyproject.toml allows.

SHELL := bash
PYTHON ?= python3
VENV ?= .venv
EXTRA ?= dev
CONSTRAINTS ?= constraints.txt

SCRIPTS := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
BIN := $(VENV)/$(SCRIPTS)
READY := $(VENV)/.ready-$(EXTRA)
JAVASCRIPT := .ci/javascript

.PHONY: dev quick test all lint page format types coverage distributions wheel wheelhouse program installs mutants constraints clean

dev: $(READY)

$(READY): pyproject.toml $(CONSTRAINTS)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q $(addprefix -c ,$(CONSTRAINTS)) -e '.[$(EXTRA)]'
	touch $@

# Every promise of every layer once, with some of the examples and the wheel. Left out is what holds one promise over hundreds
# of drawn inputs (Hypothesis marks its tests itself), hostile files, what lasts seconds, and the benchmark's own tests.
quick: $(READY)
	$(BIN)/python -m pytest -q -m "not hypothesis and not slow and not long and not install and not libreoffice and not chromium and not timed" --ignore tests/bench

test: $(READY)
	$(BIN)/python -m pytest

all: lint types coverage wheel

lint: $(READY) page
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# The page's JavaScript: eslint and tsc, for whoever has Node.js.
page:
ifneq ($(shell command -v npm),)
	$(MAKE) $(JAVASCRIPT)/node_modules/.ready
	npm --prefix $(JAVASCRIPT) run -s lint
	npm --prefix $(JAVASCRIPT) run -s types
else
	@echo "skipped: npm (Node.js) is not installed, so the page's JavaScript is not linted and typed"
	@test -z "$$JIEYUE_REQUIRE_NODE"
endif

$(JAVASCRIPT)/node_modules/.ready: $(JAVASCRIPT)/package.json
	npm --prefix $(JAVASCRIPT) install --silent --no-package-lock --no-audit --no-fund
	touch $@

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(READY)
	$(BIN)/mypy

coverage: $(READY)
	$(BIN)/python -m pytest -q -m "not long and not install and not libreoffice and not chromium and not timed" --cov --cov-report=term

# The wheel is built from the sdist, as whoever packages the program would.
distributions: $(READY)
	rm -f dist/*.whl dist/*.tar.gz
	$(BIN)/python -m build --no-isolation --outdir dist . >/dev/null
	$(BIN)/python -m twine check --strict dist/*.whl dist/*.tar.gz

# The wheel is installed alone and started outside the checkout.
wheel: distributions
	rm -rf .venv-wheel
	$(PYTHON) -m venv .venv-wheel
	.venv-wheel/$(SCRIPTS)/python -m pip install -q -c constraints.txt dist/*.whl
	cd / && "$(CURDIR)/.venv-wheel/$(SCRIPTS)/jieyue" --version
	cd / && "$(CURDIR)/.venv-wheel/$(SCRIPTS)/jieyue" rubric show >/dev/null
	rm -rf .venv-wheel

# Without PLATFORM and PYTHON_VERSION for this machine. Holds dist/文档 where `make docs` has built it.
wheelhouse: distributions docs
	$(BIN)/python install/wheelhouse.py $(if $(PLATFORM),--platform $(PLATFORM)) \
	    $(if $(PYTHON_VERSION),--python $(PYTHON_VERSION)) dist/*.whl

# From an environment of its own: whatever is installed where PyInstaller runs may get into the folder.
program:
	rm -rf .venv-program dist/jieyue
	$(PYTHON) -m venv .venv-program
	.venv-program/$(SCRIPTS)/python -m pip install -q -c constraints.txt . pyinstaller
	.venv-program/$(SCRIPTS)/python install/program/build.py
	rm -rf .venv-program

# What is released, built and installed as a user would; takes minutes.
installs: $(READY)
	$(BIN)/python -m pytest -m install

# A tool of its own beside the environment's, and a copy of the source to break.
mutants: $(READY)
	$(BIN)/python -m pip install -q 'cosmic-ray>=8.7,<9'
	git worktree add --force --detach build/mutants
	cd build/mutants && export PATH="$(abspath $(BIN)):$$PATH" && cosmic-ray init mutants.toml mutants.sqlite && \
	    cr-filter-operators mutants.sqlite mutants.toml && cosmic-ray exec mutants.toml mutants.sqlite && \
	    cr-report --surviving-only --show-diff mutants.sqlite

# Run by the oldest Python supported: what it can have, newer ones can have too. What stands after
# .[dev] is needed on Windows or macOS only.
constraints:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' # PYTHON must be Python 3.11
	rm -rf .venv-constraints
	$(PYTHON) -m venv .venv-constraints
	.venv-constraints/$(SCRIPTS)/python -m pip install -q -e '.[dev]' colorama pefile pywin32-ctypes macholib
	.venv-constraints/$(SCRIPTS)/python -m pip freeze --exclude-editable >constraints.txt
	rm -rf .venv-constraints
	$(PYTHON) -m venv .venv-constraints
	$(PYTHON) .ci/oldest.py >constraints-oldest.txt
	.venv-constraints/$(SCRIPTS)/python -m pip install -q -c constraints-oldest.txt -e '.[test]' colorama
	.venv-constraints/$(SCRIPTS)/python -m pip freeze --exclude-editable >constraints-oldest.txt
	rm -rf .venv-constraints

clean:
	rm -rf .venv .venv-* dist build .coverage $(JAVASCRIPT)/node_modules
