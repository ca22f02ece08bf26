# The two commands of the README are `make up` and `make test`; the others are for developers.
SHELL := /bin/bash
.DELETE_ON_ERROR:

UV_VERSION := 0.13.9
UV := .uv/bin/uv
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
RUN := $(UV) run --frozen --no-sync

.PHONY: up test coverage check bench fuzz env docs screenshots clean test-on

up: env
	@bash scripts/up.sh

test: env
	@bash scripts/test.sh
	$(RUN) coverage report --include='src/statute/*' --fail-under=100
	$(RUN) coverage report --include='src/reportreader/*,src/screening/*' --fail-under=85

# The office too, children included: twice as long, so not in every run.
coverage: env
	$(RUN) pytest --cov --cov-report= --cov-branch
	$(RUN) coverage report --include='src/gongkai/*' --fail-under=85

# The suite as it will run on another day, without what takes long and what asks for no day:
# make test-on TODAY=2027-01-04
NO_DAY := screening reportreader $(addprefix gongkai/,api files vault web guards notifications site/test_commands.py)
test-on: env
	GONGKAI_TODAY=$(TODAY) GONGKAI_POSTGRESQL=elsewhere $(RUN) pytest -q --no-cov -m "not heavy" $(NO_DAY:%=--ignore=tests/%)

check: env
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports

bench: env
	$(RUN) python -m benchmarks

# Ten minutes of fuzzing by default: make fuzz SECONDS_OF_FUZZING=60
SECONDS_OF_FUZZING ?= 600
fuzz: env
	$(UV) run --frozen --group fuzz python scripts/fuzz_reader.py -max_total_time=$(SECONDS_OF_FUZZING) -rss_limit_mb=4096

docs: env
	$(RUN) python scripts/law_docs.py

screenshots: env
	@bash scripts/prerequisites.sh tests
	$(RUN) python scripts/screenshots.py
	bash scripts/screenshots.sh

env: .venv/.synced

# uv has an environment of its own, outside the one that `uv sync` manages.
$(UV): Makefile scripts/prerequisites.sh
	@bash scripts/prerequisites.sh
	@test -x .uv/bin/python || python3 -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/.synced: $(UV) pyproject.toml uv.lock
	@$(UV) sync --frozen --quiet --all-extras
	@touch $@

clean:
	@bash scripts/postgresql.sh stop
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
