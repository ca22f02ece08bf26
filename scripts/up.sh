#!/usr/bin/env bash
# What `make up` does: shows the law and the reader at work, sets the office up, serves it until stopped.
set -euo pipefail
cd "$(dirname "$0")/.."

show() {
  printf '\n$ gongkai %s\n' "$*"
  # Exit 1 says that faults were found: here that is part of the show, not a failure.
  .venv/bin/gongkai "$@" || [ $? -eq 1 ]
}

show clock examples/case.yaml
show report check examples/annual-report-with-a-fault.txt

# A county that does not exist; every page says so.
export GONGKAI_DEMONSTRATION="${GONGKAI_DEMONSTRATION:-1}"
printf '\n$ gongkai setup --demonstration\n'
.venv/bin/gongkai setup --demonstration
printf '\n$ gongkai serve --port %s\n' "${PORT:-8000}"
exec .venv/bin/gongkai serve --port "${PORT:-8000}"
