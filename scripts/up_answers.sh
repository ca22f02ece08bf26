#!/usr/bin/env bash
# Runs `make up` twice in a fresh data folder: it must answer, say who can sign in (the second time without filling
# the county again), stop on Ctrl+C, and leave nothing behind.
set -euo pipefail
cd "$(dirname "$0")/.."
home="$(mktemp -d)"
export GONGKAI_HOME="$home/data" PORT="${PORT:-18000}"
log="$home/log"
group=""
cleanup() {
  [ -z "$group" ] || kill -KILL -- "-$group" 2>/dev/null || true
  rm -rf "$home"
}
trap cleanup EXIT

answers() {
  .venv/bin/python - "$PORT" <<'PY' 2>/dev/null
import sys, urllib.request
sys.exit(urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/healthz", timeout=2).status != 200)
PY
}

for start in first second; do
  began=$(date +%s%N)
  setsid make up >"$log" 2>&1 &
  group=$!
  until answers; do
    kill -0 "$group" 2>/dev/null || { cat "$log"; echo "make up ended by itself ($start start)" >&2; exit 1; }
    sleep 0.1
  done
  took=$((($(date +%s%N) - began) / 100000000))
  printf 'make up: %s start answers after %d.%d s\n' "$start" $((took / 10)) $((took % 10))
  said=$([ "$start" = first ] && echo "办理 250/" || echo "没有改动")
  grep -q "$said" "$log" && grep -q "Yunxi-" "$log" || { cat "$log"; echo "make up did not say: $said" >&2; exit 1; }
  kill -INT -- "-$group"
  wait "$group" || true
  if answers || kill -0 -- "-$group" 2>/dev/null; then
    echo "make up left something behind" >&2
    exit 1
  fi
done
