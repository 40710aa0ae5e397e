"""Where the load tests find DuckDB."""

import os
import subprocess
import sys
import venv
from pathlib import Path


def python_with_duckdb():
    """A Python that has DuckDB: this one, or one that is set up once and kept."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    kept = cache / "ringledger-load" / "bin" / "python"
    for python in (sys.executable, kept):
        if Path(python).exists() and subprocess.run([python, "-c", "import duckdb"], capture_output=True).returncode == 0:
            return python
    print("» fetching DuckDB", file=sys.stderr, flush=True)
    venv.create(kept.parent.parent, with_pip=True)
    subprocess.run([kept, "-m", "pip", "install", "--quiet", "duckdb"], check=True)
    return kept
