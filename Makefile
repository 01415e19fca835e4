# Everything runs in .venv, which these rules make from the locks in requirements/.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-strip-extras --quiet

.PHONY: help demo test check format prove prove-whole redteam bench docs build lock clean

help:  ## show these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime.stamp: requirements/runtime.txt pyproject.toml | $(BIN)/python
	@echo "installing the grader and what it needs into $(VENV) ..."
	$(PIP) install --require-hashes -r requirements/runtime.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/runtime.stamp
	@echo "installing what developing it needs into $(VENV) ..."
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# The worker's modules are shown to sandboxes read-only, so their bytecode is made beforehand.
.PHONY: bytecode
bytecode: | $(BIN)/python
	@$(BIN)/python -m compileall -q grader/worker

demo: $(VENV)/runtime.stamp bytecode  ## grade a right and a wrong submission, and show both reports
	@scripts/demo $(BIN)/grader

test: $(VENV)/dev.stamp bytecode  ## run every test that this machine can run
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/dev.stamp  ## lint, types and import layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev.stamp  ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

BANK_TABLE := docs/reference/bank-table.md
prove: $(VENV)/dev.stamp bytecode  ## prove the bank in both sandboxes and write its table; what is recorded and still holds is not repeated
	$(BIN)/grader bank check --sandbox all --changed --record --output $(BANK_TABLE)

prove-whole: $(VENV)/dev.stamp bytecode  ## the same from nothing
	$(BIN)/grader bank check --sandbox all --record --output $(BANK_TABLE)

redteam: $(VENV)/runtime.stamp bytecode  ## attack each sandbox of this machine and print the figures
	$(BIN)/grader redteam --sandbox bubblewrap --markdown
	$(BIN)/grader redteam --sandbox docker --markdown
	$(BIN)/grader redteam --sandbox docker --runtime runsc --markdown

bench: $(VENV)/dev.stamp bytecode  ## measure, side by side, and write benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

docs: $(VENV)/dev.stamp  ## build the documentation, warnings are errors
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

build: $(VENV)/dev.stamp  ## make the wheel and the source distribution in dist/
	$(BIN)/python -m hatchling build

lock: $(VENV)/dev.stamp  ## renew the locks (needs uv: pip install uv)
	uv pip compile $(LOCK) requirements/sandbox.in -o requirements/sandbox.txt
	uv pip compile $(LOCK) pyproject.toml --group build -c requirements/sandbox.txt -o requirements/runtime.txt
	uv pip compile $(LOCK) pyproject.toml --group build --group dev --group docs -c requirements/runtime.txt -o requirements/dev.txt

clean:  ## remove what these commands have made
	rm -rf $(VENV) build dist docs/_build .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis
