#!/usr/bin/env bash
# `make test`: everything on SQLite, then the office once more on PostgreSQL. Arguments go to both runs.
# What this machine lacks is named as "not run"; where GONGKAI_REQUIRE_ALL=1, root installs it.
set -euo pipefail
cd "$(dirname "$0")/.."
run=(.uv/bin/uv run --frozen --no-sync)
[ -x "${run[0]}" ] || run=(env PATH="$PWD/.venv/bin:$PATH")

if [ "${GONGKAI_REQUIRE_ALL:-}" = 1 ]; then bash scripts/prerequisites.sh tests; fi
url="$(bash scripts/postgresql.sh start)"
trap 'bash scripts/postgresql.sh stop' EXIT
[ -z "$url" ] || export GONGKAI_POSTGRESQL=follows

"${run[@]}" pytest --cov --cov-report= "$@"
if [ -n "$url" ]; then
  GONGKAI_DATABASE_URL="$url" "${run[@]}" pytest tests/gongkai -m "not once" --cov --cov-append --cov-report= "$@"
fi
