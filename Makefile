# make demo    sample company in, dashboard out, at http://localhost:8501
# make test    everything: lint, types, import contracts, tests, browser journeys, notebooks
# make thorough    the long tests that make test leaves out: every page in every situation and on a phone, the page Data
# make kill    kills loads, builds and withdrawals at any moment, and looks for what is lost (ROUNDS=200)
# make coverage    how often cycles ended within their outlook, over 50 generated companies; takes minutes
# make bench   how long loading, computing and reading take beside their limits, on a history of 10,000 people
# make load    how the pages answer 1 to 50 people at once, alone and while builds are published
# make growth  how time and memory grow from 1,000 to 100,000 people: a table, and a picture
# make simulation  how often the team test of challenge is wrong, and how often it finds what is there; takes minutes
# All install what they need: the environment in .venv, and, for the tests, Chromium, a Chinese font and nginx.
# Paths are relative throughout, so that the folder may have spaces and Chinese characters in its path.

SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8501
ROUNDS ?= 200
SEEDS ?= 1 2 3
BIN := .venv/bin
SAMPLE := data/sample-company
# The sample is loaded into a folder of its own, never among the user's own data.
SAMPLE_DATA := data/sample-warehouse
TODAY := 2026-11-08
BENCHMARK := data/benchmark
# The last day of the big history, for no log tells of days to come.
BENCHMARK_TODAY := 2025-12-31
# A locale that is named but not installed makes Python read a Chinese path as ASCII; its language still counts.
OKR_LANG := $(or $(OKR_LANG),$(LC_ALL),$(LC_MESSAGES),$(LANG))
export OKR_LANG
export LC_ALL := C.UTF-8
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help demo sample test thorough check kill bench load growth coverage simulation browser lock data-readme clean

help:
	@sed -n '/^# /!q;s/^# //p' Makefile

demo: sample
	OKR_TODAY=$(TODAY) $(BIN)/python -m pipelines dashboard --port $(PORT) --data $(SAMPLE_DATA)

sample: .venv/ready
	@# What it says to run next is run here.
	$(BIN)/python -m pipelines demo --out $(SAMPLE) >/dev/null
	$(BIN)/python -m pipelines ingest $(SAMPLE) --data $(SAMPLE_DATA) || [ $$? = 1 ]

test: .venv/ready-for-tests browser check
	$(BIN)/python -m pytest -n auto --dist loadgroup

thorough: .venv/ready-for-tests browser
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "thorough or hypothesis" --hypothesis-profile thorough

kill: .venv/ready-for-tests
	$(BIN)/python -m tests.killing --rounds $(ROUNDS)

check: .venv/ready-for-tests
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

# Printed, never asserted: how often closed cycles ended within the 80 % interval of their outlook.
coverage: .venv/ready-for-tests
	$(BIN)/python -m tests.benchmarks.outlook

# Printed, never asserted: the team test over made-up companies (SEEDS="1 2 3").
simulation: .venv/ready-for-tests
	$(BIN)/python -m tests.benchmarks.challenge $(SEEDS)

# Printed, never asserted. The files it makes take some 3 GB, and stay for a second look.
bench: .venv/ready-for-tests browser sample
	mkdir -p $(BENCHMARK)
	$(BIN)/python -m tests.benchmarks $(BENCHMARK)
	OKR_TODAY=$(TODAY) $(BIN)/python -m tests.benchmarks.pages $(SAMPLE_DATA)
	OKR_TODAY=$(BENCHMARK_TODAY) $(BIN)/python -m tests.benchmarks.pages $(BENCHMARK)/data
	OKR_TODAY=$(TODAY) $(BIN)/python -m tests.benchmarks.load $(SAMPLE_DATA) --people 10,10
	OKR_TODAY=$(BENCHMARK_TODAY) $(BIN)/python -m tests.benchmarks.load $(BENCHMARK)/data --people 10,10
	OKR_TODAY=$(TODAY) $(BIN)/python -m tests.benchmarks.first_screen $(SAMPLE_DATA)
	OKR_TODAY=$(BENCHMARK_TODAY) $(BIN)/python -m tests.benchmarks.first_screen $(BENCHMARK)/data

# Printed, never asserted: how the pages answer 1 to 50 people, alone and while builds are published.
load: .venv/ready-for-tests sample
	OKR_TODAY=$(TODAY) $(BIN)/python -m tests.benchmarks.load $(SAMPLE_DATA)
	OKR_TODAY=$(TODAY) $(BIN)/python -m tests.benchmarks.load $(SAMPLE_DATA) --publishing

# Printed and drawn, never asserted: time and memory for 1,000 to 100,000 people.
growth: .venv/ready-for-tests browser
	$(BIN)/python -m tests.benchmarks.growth $(BENCHMARK)-growth $(BENCHMARK)-growth.png

.venv/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; name it: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq python3-venv; }
	$(PYTHON) -m venv .venv
	touch $@

.venv/ready: .venv/created pyproject.toml requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	touch $@

.venv/ready-for-tests: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev,scale]'
	touch $@

browser:
	@command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . || \
		{ $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq chromium fonts-noto-cjk fontconfig; }
	@# Debian starts nginx as a server of the machine; the tests want the program alone.
	@PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || \
		{ $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq nginx && \
		{ $(AS_ROOT) systemctl disable --now nginx 2>/dev/null || true; }; }

# The versions of everything, transitive ones included, as installed now.
lock: .venv/ready-for-tests
	$(BIN)/python -m pip freeze --exclude-editable | LC_ALL=C sort -f > requirements.lock

data-readme: .venv/ready
	$(BIN)/python -m pipelines.schema > data/README.md

clean:
	rm -rf .venv $(SAMPLE) $(SAMPLE_DATA) $(BENCHMARK)*
