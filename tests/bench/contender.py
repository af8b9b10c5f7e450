"""One go of one contender in a process of its own: `python -m tests.bench.contender NAME FOLDER`.

Memory is what the resident set grew by at its highest, over interpreter, libraries and JSON: it counts what
pydantic allocates outside Python, too, which tracemalloc would not see, and slows nobody down.
"""

import json
import resource
import sys
import time
from importlib import import_module
from pathlib import Path

from tests.bench.documents import Documents

UNIT = 1 if sys.platform == "darwin" else 1024
"""Of ru_maxrss: bytes on macOS, kilobytes elsewhere (getrusage(2))."""
MEGABYTE = 1_000_000


def main(name: str, folder: Path) -> None:
    """Print what it took and what was found, as JSON."""
    contender = import_module(name)
    documents = Documents.load(folder)
    before, begun = _peak(), time.perf_counter()
    result = contender.differ(documents)
    seconds, megabytes = time.perf_counter() - begun, _peak() - before
    figures = {"seconds": seconds, "megabytes": megabytes, "found": contender.found(result)}
    sys.stdout.write(json.dumps(figures) + "\n")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / MEGABYTE


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
