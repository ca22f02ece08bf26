#!/usr/bin/env bash
# What `make up` does: shows the law and the reader at work, sets the office up, fills it with a
# fictional county, serves it until stopped.
set -euo pipefail
cd "$(dirname "$0")/.."

show() {
  printf '\n$ gongkai %s\n' "$*"
  # Exit 1 says that faults were found: here that is part of the show, not a failure.
  .venv/bin/gongkai "$@" || [ $? -eq 1 ]
}

show clock examples/case.yaml
show report check examples/annual-report-with-a-fault.txt

# A county that does not exist; every page says so, and nobody needs a second factor to try it.
export GONGKAI_DEMONSTRATION="${GONGKAI_DEMONSTRATION:-1}"
export GONGKAI_SECOND_FACTOR="${GONGKAI_SECOND_FACTOR:-0}"
export GONGKAI_ORIGIN="${GONGKAI_ORIGIN:-http://127.0.0.1:${PORT:-8000}}"
printf '\n$ gongkai setup --demonstration\n'
.venv/bin/gongkai setup --demonstration
printf '\n$ gongkai demo\n'
.venv/bin/gongkai demo
printf '\n$ gongkai serve --port %s\n' "${PORT:-8000}"
exec .venv/bin/gongkai serve --port "${PORT:-8000}"
