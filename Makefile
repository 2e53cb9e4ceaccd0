# wiredesk: `make help` says what there is. `make demo` and `make test` need Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test check format kafka schemas lock bench clean

help: ## Say what there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "wiredesk needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: $(READY) ## Start a broker and the five stages, send a small newsroom through, show what comes out
	$(BIN)/wiredesk demo

test: $(READY) ## All checks and tests, on the embedded broker and, with Java 17 and Maven, on Apache Kafka
	$(MAKE) --no-print-directory check
	$(BIN)/pytest

check: $(READY) ## Lint, format, types and import rules
	$(BIN)/ruff check services tests bench examples
	$(BIN)/ruff format --check services tests bench examples
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(READY) ## Format the code
	$(BIN)/ruff check --fix services tests bench examples
	$(BIN)/ruff format services tests bench examples

kafka: $(READY) ## Run Apache Kafka here, on port 9092, until Ctrl-C (needs Java 17 and Maven)
	$(BIN)/python -m wiredesk.broker.apache --port 9092 --data .cache/kafka-data

schemas: $(READY) ## Write the schemas, their examples, AsyncAPI and the pages made from the code
	$(BIN)/python -m wiredesk.contracts.schemas
	$(BIN)/python -m wiredesk.line.examples
	$(BIN)/python -m wiredesk.contracts.asyncapi
	$(BIN)/python -m wiredesk.runtime.settings > docs/settings.md

lock: $(READY) ## Resolve the dependencies anew into requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra demo --extra dev --generate-hashes --universal --python-version 3.11 \
	  --no-header --no-annotate --no-emit-index-url --upgrade -q -o requirements.lock

bench: $(READY) ## Articles a second and core for each stage, dedup beside libraries, the runner on Apache Kafka
	$(BIN)/python -m bench.stages
	$(BIN)/python -m bench.dedup
	$(BIN)/python -m bench.runner

clean: ## Remove the environment and what was cached
	rm -rf $(VENV) .cache
