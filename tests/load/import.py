#!/usr/bin/env python3
"""How long a file of a million rows takes to import, beside SQLite's own importer and DuckDB on the same machine.

    tests/load/import.py PROGRAM [ROWS] [--runs N] [--growth] [--json FILE] [--strict]

PROGRAM is ringledger, built for release. All contestants read the same made-up Master.csv, in turn, each time into a
new file, and the clock stops when that file is on the disk. With --growth ten times as many rows are imported as well:
time per row shall not grow with the file. Needs sqlite3; DuckDB is fetched into a folder of its own where it is missing.
"""

import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from duck import python_with_duckdb

# The most that each figure may be; what is measured without a target is None.
TARGETS = {"ringledger / sqlite3": 0.4, "ringledger / duckdb": 1.0, "time per row, ten times the rows": 1.3}

TEXT = "accountcode src dst dcontext clid channel dstchannel lastapp lastdata".split()
TIMES = "start answer end".split()
SECONDS = "duration billsec".split()
MORE_TEXT = "disposition amaflags uniqueid userfield peeraccount linkedid".split()
COLUMNS = (
    [(name, "VARCHAR") for name in TEXT]
    + [(name, "TIMESTAMP") for name in TIMES]
    + [(name, "INTEGER") for name in SECONDS]
    + [(name, "VARCHAR") for name in MORE_TEXT]
    + [("sequence", "BIGINT")]
)

# Stands ready with its indexes, as a ledger does: the key is what tells a row that is known already.
SQLITE = f"""
.bail on
CREATE TABLE cdr({", ".join(f'"{name}"' for name, _ in COLUMNS)});
CREATE INDEX by_start ON cdr(start);
CREATE INDEX by_src ON cdr(src);
CREATE INDEX by_dst ON cdr(dst);
CREATE UNIQUE INDEX by_key ON cdr(uniqueid, linkedid, sequence);
.import --csv '{{rows}}' cdr
SELECT count(*) FROM cdr;
"""

# Columns are named, because numbers with a leading nought would be guessed to be integers. Prints its own time, for
# the start of Python is not DuckDB's; the checkpoint has put everything on the disk.
DUCKDB = f"""
import sys, time, duckdb
rows, database = sys.argv[1:]
began = time.perf_counter()
connection = duckdb.connect(database)
connection.execute("SET enable_progress_bar = false")
connection.execute("CREATE TABLE cdr AS SELECT * FROM read_csv(?, header = false, columns = {dict(COLUMNS)})", [rows])
connection.execute("CHECKPOINT")
count = connection.execute("SELECT count(*) FROM cdr").fetchone()[0]
connection.close()
print(count, time.perf_counter() - began)
"""


def main():
    arguments = parse_arguments()
    # So that gigabytes are not left behind by who is told to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Not in /tmp, which is often held in memory.
    scratch = tempfile.TemporaryDirectory(prefix="ringledger-load.", dir=os.environ.get("TMPDIR", "/var/tmp"))
    with scratch as folder:
        figures = measure(arguments, Path(folder))
    show(figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")
    missed = [ratio for ratio in figures["ratios"] if ratio["met"] is False]
    return 1 if arguments.strict and missed else 0


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=lambda path: Path(path).resolve(strict=True), metavar="PROGRAM")
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000, metavar="ROWS")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="of each contestant [default: 3]")
    parser.add_argument("--growth", action="store_true", help="also import ten times as many rows")
    parser.add_argument("--skip", action="append", default=[], choices=list(CONTESTANTS), help="a contestant")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a target is missed")
    arguments = parser.parse_args()
    if arguments.rows < 1 or arguments.runs < 1:
        parser.error("ROWS and --runs are at least 1")
    return arguments


# --- one import ---------------------------------------------------------------------------------------------------


@dataclass
class Run:
    """One import: how long it took, the most memory it held, and what it left on the disk."""

    seconds: float
    memory_bytes: int
    database_bytes: int
    rows: int
    # What ringledger says of its import.
    summary: dict | None = None


def import_with_ringledger(arguments, rows, folder):
    command = [arguments.program, "--ledger", folder / "load.ringledger", "import", rows, "--json"]
    # 3: done, with rejected lines; those are looked at below.
    output, seconds, memory = run_to_end(command, folder, may_end_with=(0, 3))
    summary = json.loads(output)
    if isinstance(summary, list):
        summary = summary[0]
    parts = sum(summary[part] for part in ("inserted", "known", "ignored", "rejected"))
    if summary["lines"] != parts:
        fail(f"{summary['lines']} lines, but its parts are {parts}: {output}")
    summary["rejects"] = summary.get("rejects", [])[:5]
    return Run(seconds, memory, size_of(folder), summary["inserted"], summary)


def import_with_sqlite(_, rows, folder):
    command = ["sqlite3", folder / "load.sqlite"]
    output, seconds, memory = run_to_end(command, folder, given=SQLITE.format(rows=rows))
    return Run(seconds, memory, size_of(folder), int(output))


def import_with_duckdb(arguments, rows, folder):
    command = [arguments.python_with_duckdb, "-c", DUCKDB, rows, folder / "load.duckdb"]
    output, _, memory = run_to_end(command, folder)
    count, seconds = output.split()
    return Run(float(seconds), memory, size_of(folder), int(count))


CONTESTANTS = {
    "ringledger": import_with_ringledger,
    "sqlite3": import_with_sqlite,
    "duckdb": import_with_duckdb,
}


def run_to_end(command, folder, given="", may_end_with=(0,)):
    """Standard output, seconds until all it wrote is on the disk, and its largest resident memory in bytes."""
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as complaints, tempfile.TemporaryFile() as asked:
        asked.write(given.encode())
        asked.seek(0)
        began = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], stdin=asked, stdout=told, stderr=complaints)
        # wait4, for the memory of this child alone: RUSAGE_CHILDREN is the largest of all so far.
        _, status, usage = os.wait4(process.pid, 0)
        write_through(folder)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        complaints.seek(0)
        if process.returncode not in may_end_with:
            fail(f"{command[0]} ended with {process.returncode}: {complaints.read().decode(errors='replace')}")
        return told.read().decode(), seconds, usage.ru_maxrss * 1024


def write_through(folder):
    for file in folder.iterdir():
        descriptor = os.open(file, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def size_of(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


# --- all imports --------------------------------------------------------------------------------------------------


def measure(arguments, folder):
    contestants = {name: run for name, run in CONTESTANTS.items() if name not in arguments.skip}
    if "sqlite3" in contestants and not shutil.which("sqlite3"):
        fail("sqlite3 is missing: install it (Debian: apt-get install sqlite3), or name it after --skip.")
    if "duckdb" in contestants:
        arguments.python_with_duckdb = python_with_duckdb()

    rows = make_rows(arguments.program, arguments.rows, folder)
    figures = {"rows": arguments.rows, "file_bytes": rows.stat().st_size, "runs": {name: [] for name in contestants}}
    for number in range(arguments.runs):
        # In turn, so that whatever else the machine does in these minutes meets all of them.
        for name, run in contestants.items():
            figures["runs"][name].append(asdict(once(run, arguments, rows, folder, arguments.rows)))
            say(f"run {number + 1} of {arguments.runs}: {name} {figures['runs'][name][-1]['seconds']:.2f} s")
    rows.unlink()
    if arguments.growth and "ringledger" in contestants:
        rows = make_rows(arguments.program, arguments.rows * 10, folder)
        figures["growth"] = asdict(once(import_with_ringledger, arguments, rows, folder, arguments.rows * 10))
        say(f"ten times the rows: {figures['growth']['seconds']:.2f} s")
    figures["ratios"] = ratios(figures)
    return figures


def make_rows(program, number, folder):
    """A file of so many rows, some 300 bytes each; a database of the same size needs room beside it."""
    needed = number * 300 * 3
    if shutil.disk_usage(folder).free < needed:
        fail(f"{number:,} rows need {needed / 1e9:.1f} GB in {folder}: name another folder in TMPDIR.")
    file = folder / f"{number}.csv"
    began = time.perf_counter()
    command = [program, "demo", "data", "--format", "asterisk-master", "--rows", number, "--seed", 1]
    command += ["--until", "2026-11-20", "-o", file]
    subprocess.run([str(word) for word in command], check=True)
    seconds = time.perf_counter() - began
    say(f"{number:,} rows made up in {seconds:.1f} s: {file.stat().st_size / 1e6:.1f} MB")
    return file


def once(run, arguments, rows, folder, expected):
    """One import into a folder that is thrown away."""
    # What was written before is not written during this run, and the rows come from memory for everybody.
    os.sync()
    with open(rows, "rb") as file:
        while file.read(1 << 20):
            pass
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        result = run(arguments, rows, Path(fresh))
    if result.rows != expected:
        fail(f"{result.rows:,} rows of {expected:,} were taken in: {result.summary}")
    return result


def ratios(figures):
    """Each figure that has a target, and whether that was met."""
    found = []
    middle = {name: median(runs) for name, runs in figures["runs"].items()}
    if "ringledger" in middle:
        for other in ("sqlite3", "duckdb"):
            if other in middle:
                found.append((f"ringledger / {other}", middle["ringledger"] / middle[other]))
        if "growth" in figures:
            found.append(("time per row, ten times the rows", figures["growth"]["seconds"] / 10 / middle["ringledger"]))
    return [
        {"what": what, "value": value, "target": TARGETS[what], "met": value <= TARGETS[what]} for what, value in found
    ]


def median(runs):
    return statistics.median(run["seconds"] for run in runs)


# --- what a person sees -------------------------------------------------------------------------------------------


def show(figures):
    print(f"\n{figures['rows']:,} rows, {figures['file_bytes'] / 1e6:.1f} MB")
    print(f"{'':12}{'best':>10}{'median':>10}{'memory':>10}{'size':>10}")
    for name, runs in figures["runs"].items():
        show_runs(name, runs)
    if growth := figures.get("growth"):
        show_runs("  ten times", [growth])
    print()
    for ratio in figures["ratios"]:
        verdict = "met" if ratio["met"] else "MISSED"
        print(f"{ratio['what']:34}{ratio['value']:6.2f}   target {ratio['target']:.1f}   {verdict}")
    if runs := figures["runs"].get("ringledger"):
        size, calls = runs[-1]["database_bytes"], runs[-1]["summary"]["calls"]
        # A file may hold no whole call.
        print(f"{'ledger, MB per 1,000 calls':34}{size / 1e3 / max(calls, 1):6.2f}   {calls:,} calls")


def show_runs(name, runs):
    best = min(run["seconds"] for run in runs)
    memory = max(run["memory_bytes"] for run in runs) / 1e6
    size = runs[-1]["database_bytes"] / 1e6
    print(f"{name:12}{best:8.2f} s{median(runs):8.2f} s{memory:7.0f} MB{size:7.0f} MB")


def say(sentence):
    print(f"» {sentence}", file=sys.stderr, flush=True)


def fail(sentence):
    sys.exit(f"import load test: {sentence}")


if __name__ == "__main__":
    sys.exit(main())
