#!/usr/bin/env bash
# What `make up` shows: an explained due date, a worked case.
set -euo pipefail
cd "$(dirname "$0")/.."
run=.uv/bin/uv
gongkai() { "$run" run --frozen --no-sync gongkai "$@"; }

show() {
  printf '\n$ gongkai %s\n' "$*"
  gongkai "$@"
}

show deadline 2026-02-10 --days 20 --explain
show clock examples/case.yaml
show fee --pieces 45
