#!/usr/bin/env bash
# What `make up` shows: an explained due date, a worked case, an annual report rebuilt and checked.
set -euo pipefail
cd "$(dirname "$0")/.."

show() {
  printf '\n$ gongkai %s\n' "$*"
  # Exit 1 says that faults were found: here that is part of the show, not a failure.
  .uv/bin/uv run --frozen --no-sync gongkai "$@" || [ $? -eq 1 ]
}

show deadline 2026-02-10 --days 20 --explain
show clock examples/case.yaml
source_report=../shared/source/2020-annual-report.txt
[ -f "$source_report" ] || source_report=examples/annual-report-2020.txt
show report check "$source_report"
show report check examples/annual-report-with-a-fault.txt
