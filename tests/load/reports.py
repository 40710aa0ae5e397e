#!/usr/bin/env python3
"""How long every report takes over all calls of three years, and twelve of them beside DuckDB on the same machine.

    tests/load/reports.py PROGRAM [CALLS] [--only PIECE] [--cold N] [--json FILE] [--strict]

PROGRAM is the bench "reports" of app, built for release. It imports so many made-up calls once, into the target folder,
and writes them as rows; DuckDB takes these into tables of its own, once as well, and is asked for the same figures of
all of them. Each answer is compared, row by row: another answer would be no measure. DuckDB is fetched into a folder of
its own where it is missing.

First answers after opening are measured with a cold file cache: before each, all pages of the file are dropped from the
cache (posix_fadvise, POSIX_FADV_DONTNEED); the program itself stays in it, as it does on a machine in use.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

from duck import python_with_duckdb

# Milliseconds that a report may take for 95 of 100 who ask, and the share of DuckDB's time.
MOST_MILLISECONDS = 100
MOST_OF_DUCKDB = 0.2
RUNS = 21

MISSED = "'Missed', 'Missed in queue', 'Missed, gave up', 'Missed after transfer'"
LOST = MISSED + ", 'Left a message', 'Voicemail, no message', 'Answered elsewhere'"
OVER = "live = 0 AND outcome <> 'Not known'"
OFFERED = f"direction = 'Incoming' AND {OVER}"
SEIZURE = f"direction IN ('Incoming', 'Outgoing') AND {OVER}"
SERVED = f"wait IS NOT NULL AND {OFFERED} AND outcome = 'Answered'"
GIVEN_UP = f"wait IS NOT NULL AND {OFFERED} AND outcome IN ({LOST})"


def count(condition):
    return f"count(*) FILTER ({condition})"


def percent(part, whole):
    return f"100.0 * ({part}) / nullif({whole}, 0)"


BOTH = count(f"{SERVED} OR {GIVEN_UP}")
SOON = count(f"{SERVED} AND wait <= 20")
# What a column of a report counts, by its key.
FIGURES = {
    "calls": "count(*)",
    "inbound": count("direction = 'Incoming'"),
    "outbound": count("direction = 'Outgoing'"),
    "internal": count("direction = 'Internal'"),
    "answered": count("outcome = 'Answered'"),
    "missed": count(f"outcome IN ({MISSED})"),
    "answered-percent": percent(count(f"{OFFERED} AND outcome = 'Answered'"), count(OFFERED)),
    "average-wait": "avg(wait) FILTER (direction = 'Incoming' AND outcome = 'Answered')",
    "longest-wait": "max(wait) FILTER (direction = 'Incoming' AND outcome = 'Answered')",
    "talk": "coalesce(sum(talk), 0)",
    "average-talk": "avg(talk) FILTER (outcome = 'Answered')",
    "billed": "sum(billed)",
    "asr": percent(count(f"{SEIZURE} AND outcome = 'Answered'"), count(SEIZURE)),
    "ner": percent(count(f"{SEIZURE} AND outcome <> 'Failed'"), count(SEIZURE)),
    "served": count(SERVED),
    "served-soon": SOON,
    "lost": count(GIVEN_UP),
    "lost-soon": count(f"{GIVEN_UP} AND wait <= 20"),
    "sl-a": percent(SOON, count(SERVED)),
    "sl-b": percent(SOON, BOTH),
    "sl-c": percent(SOON, f"{BOTH} - " + count(f"{GIVEN_UP} AND wait <= 20")),
    "sl-d": percent(f"{SOON} + " + count(f"{GIVEN_UP} AND wait <= 20"), BOTH),
}
DAY = "calls answered missed answered-percent average-wait talk average-talk"
MIDDLE = "quantile_disc(wait, 0.5), quantile_disc(wait, 0.9), max(wait)"
CALLERS = f"direction = 'Incoming' AND outcome IN ({LOST}, 'Answered') AND wait IS NOT NULL"


def grouped(label, figures, where="true", end=""):
    sums = ", ".join(f'{FIGURES[key]} AS "{key}"' for key in figures.split())
    return f"SELECT {label} AS label, {sums} FROM calls WHERE {where} GROUP BY label {end}"


# Each report with what DuckDB is asked instead. Its first column is what the report's rows are called.
QUESTIONS = {
    "month": [grouped("start::DATE", DAY)],
    "months": [grouped("date_trunc('month', start)::DATE", DAY)],
    "day": [grouped("hour(start) * 2 + minute(start) // 30", DAY)],
    "week-hours": ["SELECT isodow(start), hour(start), count(*) FROM calls GROUP BY ALL"],
    "extensions": [
        """SELECT extension AS label, count(*) AS calls, count(*) FILTER (made) AS made,
                  count(*) FILTER (talked AND NOT made) AS answered, count(*) FILTER (talked) AS talked,
                  sum(talk) AS talk, 1.0 * sum(talk) / nullif(count(*) FILTER (talked), 0) AS "average-talk"
           FROM parties GROUP BY label"""
    ],
    "kpis": [
        grouped("coalesce(trunk, '(no trunk)')", "calls asr ner average-talk answered-percent average-wait"),
    ],
    "endings": [grouped("outcome", "calls inbound outbound internal talk")],
    "waits": [
        grouped(
            """CASE WHEN wait < 5 THEN 0 WHEN wait < 10 THEN 5 WHEN wait < 20 THEN 10 WHEN wait < 30 THEN 20
                    WHEN wait < 60 THEN 30 WHEN wait < 120 THEN 60 WHEN wait < 180 THEN 120 WHEN wait < 300 THEN 180
                    ELSE 300 END""",
            "calls answered missed",
            CALLERS,
        ),
        f"SELECT {MIDDLE} FROM calls WHERE {CALLERS}",
    ],
    "service-level": [
        grouped(
            "start::DATE",
            "sl-c sl-a sl-b sl-d served served-soon lost lost-soon average-wait longest-wait calls",
            "direction = 'Incoming'",
        )
    ],
    "top-callers": [
        grouped("number", DAY, "direction = 'Incoming' AND number IS NOT NULL", "ORDER BY calls DESC, label LIMIT 20")
    ],
    "countries": [grouped("coalesce(country, '(no country)')", "calls inbound outbound answered missed talk billed")],
    "classes": [grouped("coalesce(class, '(no outside number)')", "calls inbound outbound answered talk billed")],
}

# Makes the tables where they are missing, and asks. Speaks JSON; the start of Python is not DuckDB's.
DUCKDB = """
import json, sys, time, duckdb
asked = json.load(sys.stdin)
began = time.perf_counter()
connection = duckdb.connect(asked["database"])
connection.execute("SET enable_progress_bar = false")
for statement in asked.get("make", []):
    connection.execute(statement)
opened = time.perf_counter() - began
answers = {}
for name, queries in asked.get("questions", {}).items():
    times = []
    for _ in range(asked["runs"]):
        began = time.perf_counter()
        tables = []
        for query in queries:
            cursor = connection.execute(query)
            tables.append([[column[0] for column in cursor.description], cursor.fetchall()])
        times.append((time.perf_counter() - began) * 1000)
    answers[name] = {"milliseconds": times, "tables": tables}
print(json.dumps({"opened": opened * 1000, "answers": answers}, default=str))
"""

TABLES = """
CREATE TABLE calls AS SELECT id, make_timestamp(start * 1000000) AS start, * EXCLUDE (id, start) FROM read_csv('{folder}/calls.csv',
    header = false, nullstr = '', columns = {{'id': 'BIGINT', 'start': 'BIGINT', 'direction': 'VARCHAR', 'outcome': 'VARCHAR',
    'live': 'TINYINT', 'wait': 'INTEGER', 'talk': 'INTEGER', 'billed': 'INTEGER', 'total': 'INTEGER', 'transfers': 'INTEGER',
    'trunk': 'VARCHAR', 'did': 'VARCHAR', 'queue': 'VARCHAR', 'account': 'VARCHAR', 'number': 'VARCHAR', 'class': 'VARCHAR',
    'country': 'VARCHAR'}});
CREATE TABLE parties AS SELECT id, extension, bits & 1 > 0 AS rang, bits & 2 > 0 AS talked, bits & 32 > 0 AS made, talk
    FROM read_csv('{folder}/parties.csv', header = false, columns = {{'id': 'BIGINT', 'extension': 'VARCHAR',
    'bits': 'INTEGER', 'talk': 'INTEGER'}});
CHECKPOINT
"""


def main():
    arguments = parse_arguments()
    ledger = Path(ours(arguments, "--ledger").split()[-1])
    python = python_with_duckdb()
    database = with_calls_of(arguments, ledger, python)

    file = ledger.with_suffix(".answers.json")
    print(ours(arguments, "--answers", file, *[piece for piece in [arguments.only] if piece]), end="", flush=True)
    answers = {answer["id"]: answer for answer in json.loads(file.read_text())}
    file.unlink()
    questions = {name: queries for name, queries in QUESTIONS.items() if name in answers}
    theirs = duckdb(python, database, questions, RUNS)["answers"]
    figures = {
        "calls": arguments.calls,
        "reports": {name: figures_of(answer["milliseconds"]) for name, answer in answers.items()},
        "duckdb": {},
    }
    for name, answer in theirs.items():
        compare(name, answers[name]["report"], answer["tables"])
        figures["duckdb"][name] = figures_of(answer["milliseconds"])
        ratio = figures["reports"][name]["p50"] / figures["duckdb"][name]["p50"]
        figures["duckdb"][name]["ratio"] = ratio
    for name in questions if arguments.cold else []:
        figures["reports"][name]["cold"] = first_answer(
            arguments.cold, ledger, lambda: [float(word) for word in ours(arguments, "--first", name).split()[-2:]]
        )

        def asked():
            told = duckdb(python, database, {name: QUESTIONS[name]}, 1)
            return [told["opened"], told["answers"][name]["milliseconds"][0]]

        figures["duckdb"][name]["cold"] = first_answer(arguments.cold, database, asked)
    missed = show(figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 1 if arguments.strict and missed else 0


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=lambda path: Path(path).resolve(strict=True), metavar="PROGRAM")
    parser.add_argument("calls", type=int, nargs="?", default=1_000_000, metavar="CALLS")
    parser.add_argument("--only", metavar="PIECE", help="reports that have this in their id")
    parser.add_argument("--cold", type=int, default=3, metavar="N", help="first answers of each, 0 for none [default: 3]")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a target is missed")
    arguments = parser.parse_args()
    if arguments.calls < 1 or arguments.cold < 0:
        parser.error("CALLS is at least 1, --cold at least 0")
    return arguments


# --- who is asked -------------------------------------------------------------------------------------------------


def ours(arguments, *words):
    command = [arguments.program, arguments.calls, *words]
    return run([str(word) for word in command])


def duckdb(python, database, questions, runs, make=()):
    asked = {"database": str(database), "questions": questions, "runs": runs, "make": list(make)}
    return json.loads(run([python, "-c", DUCKDB], json.dumps(asked)))


def run(command, given=None):
    done = subprocess.run(command, input=given, capture_output=True, text=True)
    if done.returncode:
        fail(f"{command[0]} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def with_calls_of(arguments, ledger, python):
    """DuckDB's tables of the same calls; kept for the next time."""
    database = ledger.with_suffix(".duckdb")
    if database.exists() and database.stat().st_mtime > ledger.with_suffix(".whole").stat().st_mtime:
        return database
    database.unlink(missing_ok=True)
    draft = database.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    folder = ledger.with_suffix(".rows")
    folder.mkdir(exist_ok=True)
    say("writing the calls as rows for DuckDB")
    ours(arguments, "--export", folder)
    duckdb(python, draft, {}, 0, TABLES.format(folder=folder).split(";"))
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    draft.rename(database)
    return database


def first_answer(times, file, ask):
    """Opening and the first answer, in milliseconds, with none of the file in memory."""
    found = []
    for _ in range(times):
        for part in (file, Path(f"{file}-wal")):
            if part.exists():
                with open(part, "rb") as opened:
                    os.fsync(opened.fileno())
                    os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        found.append(ask())
    return {"opened": statistics.median(run[0] for run in found), "first": statistics.median(run[1] for run in found)}


def figures_of(milliseconds):
    ordered = sorted(milliseconds)
    return {"p50": ordered[len(ordered) * 50 // 100], "p95": ordered[len(ordered) * 95 // 100]}


# --- whether they say the same ------------------------------------------------------------------------------------


def compare(name, report, tables):
    """Ends the run where an answer differs: every row, and every figure that both have."""
    keys = [column["key"] for column in report["columns"]]
    rows = {row["cells"][0]: dict(zip(keys, row["cells"])) for row in report["rows"]}
    titles, found = tables[0]
    if name == "week-hours":
        weekdays = list(rows)
        theirs = {(weekday, hour): {"calls": calls} for weekday, hour, calls in found}
        rows = {
            (weekday + 1, hour): {"calls": rows[label][f"calls-{hour:02}-00"]}
            for weekday, label in enumerate(weekdays)
            for hour in range(24)
        }
    else:
        theirs = {label_of(name, row[0]): dict(zip(titles[1:], row[1:])) for row in found}
    for label, figures in theirs.items():
        mine = rows.get(label)
        if mine is None:
            fail(f"{name}: DuckDB has a row {label} and the report has none.")
        for key, value in figures.items():
            if key in mine and not same(mine[key], value):
                fail(f"{name}, {label}: {key} is {mine[key]} in the report, {value} for DuckDB.")
    for label, figures in rows.items():
        if label not in theirs and figures.get("calls"):
            fail(f"{name}: the report has a row {label} and DuckDB has none.")
    if name == "waits":
        said = [int(number) for number in re.findall(r"(\d+) s", report["sentence"])]
        if said != list(tables[1][1][0]):
            fail(f"{name}: {report['sentence']} DuckDB: {tables[1][1][0]}")


def label_of(name, label):
    if name == "months":
        return label[:7]
    if name == "day":
        return f"{label // 2:02}:{label % 2 * 30:02}"
    if name == "waits":
        bounds = [0, 5, 10, 20, 30, 60, 120, 180, 300]
        place = bounds.index(label) + 1
        return f"{label} to {bounds[place] - 1} s" if place < len(bounds) else f"{label} s and more"
    return label


def same(mine, value):
    """Reports round: averages to whole seconds, percentages to one decimal."""
    if mine is None or value is None:
        return mine is value
    value = float(value)
    if isinstance(mine, int):
        return mine == value or value != int(value) and abs(mine - value) <= 0.5
    return abs(mine - value) <= 0.05 + 1e-6


# --- what a person sees -------------------------------------------------------------------------------------------


def show(figures):
    """Whether a target was missed."""
    print(f"\n{figures['calls']:,} calls; milliseconds, {RUNS} runs each; first answers with a cold file cache\n")
    print(f"{'':22}{'p50':>8}{'p95':>8}{'opened':>8}{'first':>8}   {'DuckDB p50':>10}{'p95':>8}{'opened':>8}{'first':>8}{'ratio':>7}")
    missed = []
    for name, mine in figures["reports"].items():
        line = f"{name:22}{times(mine)}"
        if theirs := figures["duckdb"].get(name):
            line += f"   {'':2}{times(theirs)}{theirs['ratio']:7.2f}"
            if theirs["ratio"] > MOST_OF_DUCKDB:
                missed.append(f"{name}: {theirs['ratio']:.2f} of DuckDB's time")
        if mine["p95"] > MOST_MILLISECONDS:
            missed.append(f"{name}: p95 {mine['p95']:.0f} ms")
        print(line)
    print(f"\nDuckDB gave the same answers to all {len(figures['duckdb'])}.")
    print(f"Targets: p95 of at most {MOST_MILLISECONDS} ms, at most {MOST_OF_DUCKDB} of DuckDB's p50.")
    print("Missed: " + "; ".join(missed) + "." if missed else "All met.")
    return missed


def times(figures):
    cold = figures.get("cold")
    first = f"{cold['opened']:8.1f}{cold['first']:8.1f}" if cold else f"{'':16}"
    return f"{figures['p50']:8.1f}{figures['p95']:8.1f}{first}"


def say(sentence):
    print(f"» {sentence}", file=sys.stderr, flush=True)


def fail(sentence):
    sys.exit(f"reports load test: {sentence}")


if __name__ == "__main__":
    sys.exit(main())
