#!/usr/bin/env bash
# A PostgreSQL for the tests: `start` prints its address, or nothing where there is none; `stop` ends
# the one that `start` started. Looked for: GONGKAI_TEST_DATABASE_URL, a server on 127.0.0.1:5432 that
# lets postgres in, the programs of this machine. Where GONGKAI_REQUIRE_ALL=1, root installs them.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=.postgresql
port=54329

as_postgres() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

programs() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }

answers() {
  .venv/bin/python - "$1" <<'PY' 2>/dev/null
import sys, psycopg
psycopg.connect(sys.argv[1], connect_timeout=2).execute("SELECT 1")
PY
}

start() {
  local url="${GONGKAI_TEST_DATABASE_URL:-postgresql://postgres@127.0.0.1:5432/postgres}"
  if answers "$url"; then echo "$url"; return; fi
  if [ -z "$(programs)" ] && [ "${GONGKAI_REQUIRE_ALL:-}" = 1 ] && [ "$(id -u)" -eq 0 ]; then
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; } >&2
  fi
  local bin; bin="$(programs)"
  [ -n "$bin" ] || return 0
  stop
  mkdir -p "$folder"
  # The data lie outside the work tree: postgres may not be allowed to look into it.
  local data; data="$(mktemp -d /tmp/gongkai-postgresql.XXXXXX)"
  [ "$(id -u)" -ne 0 ] || chown postgres "$data"
  echo "$data" > "$folder/data"
  as_postgres "$bin/initdb" -D "$data/cluster" -U postgres -A trust --locale=C.UTF-8 -E UTF8 >/dev/null
  as_postgres "$bin/pg_ctl" -D "$data/cluster" -w -l "$data/log" \
    -o "-p $port -k $data -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null
  echo "postgresql://postgres@127.0.0.1:$port/postgres"
}

stop() {
  [ -f "$folder/data" ] || return 0
  local data; data="$(cat "$folder/data")"
  as_postgres "$(programs)/pg_ctl" -D "$data/cluster" -m fast stop >/dev/null 2>&1 || true
  case "$data" in /tmp/gongkai-postgresql.*) rm -rf "$data" ;; esac
  rm -rf "$folder"
}

"$1"
