# make demo and make test set everything up by themselves; nothing else is needed than Python 3.11.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup demo test test-speed test-servers test-browser test-spark servers browser spark check lint types layers bench bench-all clean

setup: $(VENV)/.ready
$(VENV)/.ready: requirements-dev.txt setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Hearsay needs Python 3.11 or newer; call make with PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: setup
	PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/demo.sh

test: setup
	$(BIN)/python -m pytest

# What compares seconds, which says something only on an idle machine.
test-speed: setup
	$(BIN)/python -m pytest -m speed

# The stores over real SPARQL servers: Oxigraph's comes with the other packages, Virtuoso is Debian's.
test-servers: servers
	KG_TEST_SERVERS=1 $(BIN)/python -m pytest tests/store

servers: setup
	command -v virtuoso-t >/dev/null || { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends virtuoso-opensource-7; }

# The end-to-end tests of the explorer, and what they need: Debian's Chromium, and axe-core and ESLint from npm.
test-browser: browser
	KG_TEST_BROWSER=1 $(BIN)/python -m pytest tests/browser

browser: setup
	command -v chromedriver >/dev/null || { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends chromium chromium-driver; }
	command -v npm >/dev/null || { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends npm; }
	test -d tests/browser/node_modules/eslint || npm ci --prefix tests/browser --no-audit --no-fund --silent

# Extraction on Spark, which is too large to come with everything else.
test-spark: spark
	$(BIN)/python -m pytest tests/spark

spark: setup
	command -v java >/dev/null || { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends openjdk-17-jre-headless; }
	$(BIN)/python -c 'import pyspark' 2>/dev/null || $(BIN)/pip install --quiet --disable-pip-version-check 'pyspark>=4,<5'

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy --strict kg tests

layers: setup
	$(BIN)/lint-imports

check: lint types layers test

bench: setup
	$(BIN)/python -m tests.bench $(FILE)

# Slower ones: a million mentions merged, a growing graph, two million quads queried. For kg serve: python -m tests.bench.serve GRAPH
bench-all: bench
	for name in merge growing store; do $(BIN)/python -m tests.bench.$$name || exit 1; done

# The pinned, hashed lists of dependencies, made anew from setup.cfg.
lock: setup
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --strip-extras --extra dev --extra formats --extra mcp -o requirements-dev.txt setup.cfg
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --strip-extras -c requirements-dev.txt -o requirements.txt setup.cfg

clean:
	rm -rf $(VENV) build dist *.egg-info demo
