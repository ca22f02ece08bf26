#!/usr/bin/env bash
# `make test`: the packages without an office, the office on SQLite, then on PostgreSQL what the database
# has a part in (marked `once`: not). Arguments replace the first two and go to the third as well.
# What this machine lacks is named as "not run"; where GONGKAI_REQUIRE_ALL=1, root installs it.
set -euo pipefail
cd "$(dirname "$0")/.."
run=(.uv/bin/uv run --frozen --no-sync)
[ -x "${run[0]}" ] || run=(env PATH="$PWD/.venv/bin:$PATH")

if [ "${GONGKAI_REQUIRE_ALL:-}" = 1 ]; then bash scripts/prerequisites.sh tests; fi
url="$(bash scripts/postgresql.sh start)"
trap 'bash scripts/postgresql.sh stop' EXIT
[ -z "$url" ] || export GONGKAI_POSTGRESQL=follows

if [ $# -gt 0 ]; then
  "${run[@]}" pytest "$@"
else
  "${run[@]}" pytest --cov --cov-report= --ignore=tests/gongkai
  "${run[@]}" pytest tests/gongkai
fi
if [ -n "$url" ]; then
  GONGKAI_DATABASE_URL="$url" "${run[@]}" pytest -m "not once" "${@:-tests/gongkai}"
fi
