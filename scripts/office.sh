#!/usr/bin/env bash
# What `make office` does: sets the office up and serves it in the foreground.
set -euo pipefail
cd "$(dirname "$0")/.."
# A county that does not exist; every page says so.
export GONGKAI_DEMONSTRATION="${GONGKAI_DEMONSTRATION:-1}"
.venv/bin/gongkai setup --demonstration
exec .venv/bin/gongkai serve --port "${PORT:-8000}"
