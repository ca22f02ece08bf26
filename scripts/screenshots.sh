#!/usr/bin/env bash
# Takes the pictures of docs/screenshots with Debian's chromium; look at them before committing.
set -euo pipefail
cd "$(dirname "$0")/.."
page=$(mktemp --suffix=.html)
trap 'rm -f "$page"' EXIT
.uv/bin/uv run --frozen --no-sync gongkai report check examples/annual-report-with-a-fault.txt \
  --format html --output "$page" || [ $? -eq 1 ]
for width in 1280 500; do
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
    --window-size="$width",1500 --screenshot="docs/screenshots/report-check-$width.png" "file://$page"
done
