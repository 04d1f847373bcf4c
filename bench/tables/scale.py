#!/usr/bin/env python3
"""Tables at scale: how long an epoch's worth of steps takes beside CTGAN, and how fast and in how much memory rows are made.

Usage: scripts/bench.sh tables --scale [--table adult] [--epochs 3] [--rows 1000000] [--out scale.csv]

Both programs train on one thread, one after the other, for one epoch's worth of steps (500 rows each) and for so many more; the difference, in which reading
and fitting cancel, is what the epochs take: by the clock and in processor time, which other programs take little from. Rows go to a CSV file, on as many
threads as there are processors: a fifth of them and all of them, so that starting cancels and a memory that grows would show. CTGAN is our own implementation
of the paper (bench/reference/ctgan.py).
"""
import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.environ.get("GAN_DATA", os.path.join(ROOT, "..", "shared", "data"))


def run(arguments, threads=1):
    """Seconds by the clock, seconds of processor time, and most MiB resident."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": str(threads)})
    said = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(arguments)}: {said.strip()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.time() - begin, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, used.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", default="adult")
    parser.add_argument("--epochs", type=int, default=3, help="epochs' worth of steps to measure")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--out", default="scale.csv")
    parser.add_argument("--program", default=os.path.join(ROOT, "gan"))
    options = parser.parse_args()
    program, table = options.program.split(), os.path.join(DATA, "tables", options.table + ".csv")
    with open(table, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    steps, figures = len(rows) // 500, []

    def say(what, value, unit):
        figures.append((what, value, unit))
        print(f"{what:42} {value:12.2f} {unit}", flush=True)

    print(f"{options.table}: {len(rows)} rows, {steps} steps an epoch; other programs keep {os.getloadavg()[0]:.1f} of {os.cpu_count()} processors busy")
    with tempfile.TemporaryDirectory() as folder:
        def ours(epochs):
            target = os.path.join(folder, f"run{epochs}")
            return run([*program, "train", table, "--variant", "large", "--label", header[-1], "--out", target,
                        "--set", f"steps={steps * epochs}", "--set", "epochs=1", "--set", "threads=1"])

        def theirs(epochs):
            return run([sys.executable, os.path.join(ROOT, "bench", "reference", "ctgan.py"), table, "--label", header[-1],
                        "--epochs", str(epochs), "--threads", "1"])

        for name, train in (("gan", ours), ("ctgan", theirs)):
            short, long = train(1), train(1 + options.epochs)
            say(f"{name}: an epoch's worth of steps", (long[0] - short[0]) / options.epochs, "s")
            say(f"{name}: the same, processor time", (long[1] - short[1]) / options.epochs, "s")
            say(f"{name}: most memory in training", long[2], "MiB")
        generator = os.path.join(folder, f"run{1 + options.epochs}")
        run([*program, "export", generator])

        def generate(count):
            return run([*program, "generate", os.path.join(generator, "generator.onnx"), "--count", str(count), "--batch", "1024",
                        "--out", os.path.join(folder, "rows.csv")],
                       os.cpu_count())

        short, long = generate(options.rows // 5), generate(options.rows)
        say("gan generate: rows a second", options.rows * 0.8 / (long[0] - short[0]), "rows/s")
        say("gan generate: rows a processor second", options.rows * 0.8 / (long[1] - short[1]), "rows/s")
        say(f"gan generate: most memory, {options.rows // 5} rows", short[2], "MiB")
        say(f"gan generate: most memory, {options.rows} rows", long[2], "MiB")
    with open(options.out, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([("what", "value", "unit"), *figures])


if __name__ == "__main__":
    main()
