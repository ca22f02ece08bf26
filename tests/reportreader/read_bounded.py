"""Reads files in a process that may use little memory, as the batch does on a small server.

Run as `python -m tests.reportreader.read_bounded BYTES FILE…`; prints one JSON line per file.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from reportreader.errors import UnreadableError
from reportreader.read import read_file


def main(limit: int, paths: list[Path]) -> None:
    """Reads each file under a limit of address space; the reason, or the format when it opens."""
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    for path in paths:
        try:
            outcome = {"file": path.name, "format": read_file(path).format}
        except UnreadableError as error:
            outcome = {"file": path.name, "message": str(error)}
        sys.stdout.write(json.dumps(outcome, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
