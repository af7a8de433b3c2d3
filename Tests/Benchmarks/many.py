"""Many assessments: how long they take to come in, to go out and to come in again, and how much memory that needs.

    python3 Tests/Benchmarks/many.py PROGRAM [NUMBER…] [--peers] [--floor] [--plot FILE] [--repeat N]

For each NUMBER (10000 where none is given) a file of that many finished assessments of forty answers is made, as JSON lines of
1.65 KB; then the program takes it in, writes it with `export --all`, and takes that into another store. With --peers the same
file is read and stored by ten lines of Python (json and sqlite3), and read by DuckDB and by polars. With --floor a portfolio is
made, too, all are listed, two are compared, there and in a store of these two alone, and C inserts the same rows and reads them in the same order. With
--plot the times are drawn against the numbers, with the straight line through them. All are started anew each time, in turns; times are the middle of the repeats, with the least and the most; memory is the most that was resident.
Needs duckdb and polars from PyPI for --peers, and matplotlib for --plot.
"""
import argparse
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ITEMS = """own-who own-empower emo-feel ant-early rel-upset vis-trigger own-findings jou-channels exp-promise exp-listen ant-need exp-after
exp-changing emo-neutral rel-told met-gap vis-tradeoff vis-purpose rel-extra vis-difference vis-plan own-help emo-minutes
ant-ready jou-handover jou-walk emo-moment jou-first jou-leave own-see ant-followup rel-know met-decide met-target met-sort
met-proof exp-eyes emo-question ant-signs rel-stay""".split()

PYTHON = """
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[2])
db.execute("PRAGMA synchronous = FULL")
db.execute("CREATE TABLE a (id TEXT PRIMARY KEY, organization TEXT, team TEXT, finished TEXT, answers BLOB)")
with db:
    for line in open(sys.argv[1], "rb"):
        d = json.loads(line)
        answers = bytes(r["value"] for r in d["responses"])
        db.execute("INSERT INTO a VALUES (?, ?, ?, ?, ?)", (d["id"], d["organization"], d["team"], d["finishedAt"], answers))
"""
DUCKDB = """
import duckdb, sys
db = duckdb.connect(sys.argv[2])
db.execute(f"CREATE TABLE a AS SELECT * FROM read_json('{sys.argv[1]}', format='newline_delimited')")
"""
POLARS = """
import polars, sys
print(polars.read_ndjson(sys.argv[1]).height)
"""


def crockford(number, length):
    text = ""
    for _ in range(length):
        text = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number & 31] + text
        number >>= 5
    return text


def write(path, number, version, seed=1, first=0):
    generator = random.Random(seed)
    with open(path, "w") as file:
        for place in range(first, first + number):
            leaning = generator.gauss(2.1, 0.9)
            responses = ",".join(
                '{"item":"%s","value":%d}' % (item, min(4, max(0, round(generator.gauss(leaning, 0.8))))) for item in ITEMS)
            day = 1 + place % 28
            id = crockford((1767225600 + place * 60) * 1000, 10) + crockford(generator.getrandbits(80), 16)
            file.write(
                '{"schema":"outside-in.assessment/1","id":"%s","organization":"Organisation %d","team":"Team %d",'
                '"startedAt":"2026-01-%02dT09:00:00Z","finishedAt":"2026-01-%02dT09:40:00Z",'
                '"questionnaire":{"id":"outside-in","version":"%s"},"raters":[{"id":"r1","name":"Rater"}],"responses":[%s]}\n'
                % (id, place // 4, place % 4, day, day, version, responses))


def run(command, **options):
    """Seconds, and the most memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=options.get("stdout", subprocess.DEVNULL), stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command} failed: {errors.decode()[-2000:]}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def told(name, runs):
    times = sorted(seconds for seconds, _ in runs)
    print(f"  {name:34} {statistics.median(times):8.3f} s ({times[0]:.3f} to {times[-1]:.3f})  {max(m for _, m in runs):6.0f} MB")
    sys.stdout.flush()
    return statistics.median(times)


def floor(command):
    """Seconds by the floor's own clock, without what it reads before."""
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(out.split()[-1]), 0


def emptied(store, copy):
    """The tables of a store without its rows."""
    source, target = sqlite3.connect(store), sqlite3.connect(copy)
    for (sql,) in source.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"):
        target.execute(sql)
    target.commit()


def measure(program, number, repeat, peers, with_floor, folder):
    source = f"{folder}/in-{number}.jsonl"
    write(source, number, "1.0.0")
    size = os.path.getsize(source)
    print(f"{number} assessments, {size / 1e6:.1f} MB")
    jobs = {"import": [], "export --all": [], "import of that": []}
    others = {"Python json and sqlite3": PYTHON, "DuckDB, reading": DUCKDB, "polars, reading": POLARS} if peers else {}
    for name in others:
        jobs[name] = []
    if with_floor:
        compiled = f"{folder}/many-floor"
        source_file = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ManyFloor", "main.c")
        subprocess.run(["cc", "-O2", "-o", compiled, source_file, "-lsqlite3"], check=True)
        jobs |= {"portfolio": [], "list": [], "compare two": [], "compare two of two": []}
        jobs |= {"C, inserting these rows": [], "C, reading them in order": []}
        with open(source) as file:
            first = [next(file), next(file)]
        pair = [json.loads(line)["id"] for line in first]
        with open(f"{folder}/two.jsonl", "w") as file:
            file.writelines(first)
        subprocess.run([program, "import", f"{folder}/two.jsonl", "--data-dir", f"{folder}/two"], check=True, capture_output=True)
    for turn in range(repeat):
        one, other, out = f"{folder}/one-{turn}", f"{folder}/other-{turn}", f"{folder}/out.jsonl"
        jobs["import"].append(run([program, "import", source, "--data-dir", one]))
        jobs["export --all"].append(run([program, "export", "--all", "-o", out, "--data-dir", one]))
        jobs["import of that"].append(run([program, "import", out, "--data-dir", other]))
        for name, text in others.items():
            script = f"{folder}/peer.py"
            with open(script, "w") as file:
                file.write(text)
            jobs[name].append(run([sys.executable, script, source, f"{folder}/peer-{turn}-{list(others).index(name)}"]))
        if with_floor:
            store, copy = f"{one}/outside-in.sqlite", f"{folder}/copy-{turn}.sqlite"
            jobs["portfolio"].append(run([program, "portfolio", "--format", "json", "--until", "2026-06-01", "--data-dir", one]))
            jobs["list"].append(run([program, "list", "--format", "json", "--data-dir", one]))
            for _ in range(20):
                jobs["compare two"].append(run([program, "compare", *pair, "--data-dir", one]))
                jobs["compare two of two"].append(run([program, "compare", *pair, "--data-dir", f"{folder}/two"]))
            emptied(store, copy)
            jobs["C, inserting these rows"].append(floor([compiled, "insert", store, copy]))
            jobs["C, reading them in order"].append(floor([compiled, "scan", store]))
            os.remove(copy)
        if turn == 0:
            written = os.path.getsize(out)
            again = f"{folder}/again.jsonl"
            subprocess.run([program, "export", "--all", "-o", again, "--data-dir", other], check=True, capture_output=True)
            with open(out, "rb") as left, open(again, "rb") as right:
                while True:
                    a, b = left.read(1 << 20), right.read(1 << 20)
                    if a != b:
                        sys.exit("what came in again goes out otherwise")
                    if not a:
                        break
            print(f"  export --all has {written / 1e6:.1f} MB, {written / size:.2f} times what went in; the same bytes again")
        if turn + 1 < repeat:
            subprocess.run(["rm", "-rf", one, other])
    medians = {name: told(name, runs) for name, runs in jobs.items()}
    return medians


def plot(path, numbers, medians):
    """Times against numbers, and the straight line through nothing that fits each best."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(figsize=(8, 5))
    for name in medians[0]:
        if "compare" in name or name.startswith("C,"):
            continue
        times = [one[name] for one in medians]
        slope = sum(n * t for n, t in zip(numbers, times)) / sum(n * n for n in numbers)
        line = axes.plot(numbers, times, "o", label=f"{name}: {slope * 1e6:.0f} µs each")[0]
        axes.plot([0, max(numbers)], [0, slope * max(numbers)], color=line.get_color(), linewidth=1)
        worst = max(abs(t - slope * n) / (slope * n) for n, t in zip(numbers, times))
        print(f"  {name}: {slope * 1e6:.1f} µs each, at most {100 * worst:.0f} % off the line")
    axes.set_xlabel("assessments")
    axes.set_ylabel("seconds")
    axes.legend()
    figure.savefig(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("numbers", nargs="*", type=int, default=[10_000])
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--floor", action="store_true")
    parser.add_argument("--plot")
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    medians = []
    for number in options.numbers:
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            medians.append(
                measure(os.path.abspath(options.program), number, options.repeat, options.peers, options.floor, folder))
    if options.plot:
        plot(options.plot, options.numbers, medians)
