# gongkai: `make demo` shows it, `make test` checks it, `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test lint types unit fuzz bench lock clean

help:            ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "gongkai needs Python 3.11 or newer (set PYTHON=...)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "no virtual environment could be made: install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q archive crawler parsers  # pip compiles what it copies, not what stays where it is
	@touch $@

demo: .venv/.installed   ## the main job on the embedded sample portal
	@$(BIN)/gongkai demo

test: lint types unit    ## every check

lint: .venv/.installed   ## style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.installed  ## mypy --strict
	$(BIN)/mypy

unit: .venv/.installed   ## the tests
	$(BIN)/python -m pytest -n 2

fuzz: .venv/.installed   ## spoiled documents of every format for ten minutes
	$(BIN)/python -m tests.fuzz --minutes 10

bench: .venv/.installed  ## speed beside other tools; BENCH="html docx" for some rows (pip install -e '.[bench]' for all)
	@$(BIN)/python -m tests.bench $(BENCH)

lock: .venv/.installed   ## pin every dependency anew
	$(BIN)/pip-compile --quiet --upgrade --extra dev --allow-unsafe --generate-hashes --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements.lock pyproject.toml

clean:           ## remove what make made
	rm -rf .venv build *.egg-info .mypy_cache .pytest_cache .ruff_cache
