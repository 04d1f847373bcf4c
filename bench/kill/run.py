"""Kills commands that write at pseudo-random moments; see run.sh."""
import argparse
import concurrent.futures
import filecmp
import functools
import http.server
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE = 300  # seconds; far more than anything here takes, only what hangs is to fail by it
PLACE = "OUT"  # stands for the output folder in a command

PRESET = """system: small
data: { kind: idx, classes: [a, b] }
latent: 4
batch: 16
epochs: 3
generator: { network: mlp, hidden: [8, 8], batch_norm: true }
discriminator: { network: mlp, hidden: [8] }
ema: 0.9
threads: 1
log_every: 5
"""


def write_table(path, rows, holes):
    values = random.Random(1)
    with open(path, "w") as file:
        file.write("age,city,income,class\n")
        for i in range(rows):
            income = "" if holes and i % 17 == 3 else values.randint(1000, 9000)
            file.write(f"{values.randint(18, 80)},{values.choice(['Rome', 'Oslo', 'Lima'])},{income},{'rare' if i % 8 == 0 else 'usual'}\n")


def write_images(folder):
    os.makedirs(folder)
    for stem, count in (("train", 160), ("t10k", 40)):
        labels = bytes(1 if i % 4 == 0 else 0 for i in range(count))
        pixels = bytes((i * 7 + p) % 60 if (p % 8 < 4) == (labels[i] == 0) else 200 + (i + p) % 50 for i in range(count) for p in range(64))
        with open(f"{folder}/{stem}-labels-idx1-ubyte", "wb") as file:
            file.write(struct.pack(">ii", 0x801, count) + labels)
        with open(f"{folder}/{stem}-images-idx3-ubyte", "wb") as file:
            file.write(struct.pack(">iiii", 0x803, count, 8, 8) + pixels)


def files_in(folder):
    return sorted(os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names)


class Case:
    """A command, and how its output is compared."""

    def __init__(self, name, command, again=(), same=".*", start=None, target=None):
        self.name = name
        self.command = command  # OUT stands for the folder that it writes into
        self.again = list(again)  # what the command gets more when it is run again
        self.same = re.compile(same)  # the files that have the same bytes whenever they are made
        self.start = start  # a folder that the output begins as a copy of
        self.target = target  # what is missing until the command has begun to write, for commands that write into a folder of their own
        self.kills = self.failed = self.completed = 0
        self.faults = []


class Bench:
    def __init__(self, gan, work, seed):
        self.gan, self.work, self.seed = gan, work, seed

    def start(self, command, log):
        return subprocess.Popen([self.gan, *command], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=self.work, start_new_session=True)

    def run(self, command):
        """Runs a command to its end; returns its exit code and what it said."""
        with tempfile.TemporaryFile("w+") as log:
            process = self.start(command, log)
            try:
                code = process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                code = "none, it hung"
            log.seek(0)
            return code, log.read()

    def prepare(self, case, folder):
        shutil.rmtree(folder, ignore_errors=True)
        if case.start:
            shutil.copytree(case.start, folder)
        else:
            os.makedirs(os.path.dirname(folder), exist_ok=True)
            if not case.target:
                os.makedirs(folder)

    def kills(self, case, count):
        """Runs a command whole, then kills it so many times."""
        case.random = random.Random(f"{self.seed} {case.name}")
        begun = time.monotonic()
        self.reference(case)
        while case.kills < count:
            self.kill(case)
        print(f"{case.name}: {time.monotonic() - begun:.0f} s, {case.failed} failures", file=sys.stderr)

    def reference(self, case):
        """Runs the command without a kill."""
        case.whole = f"{self.work}/whole/{case.name}"
        self.prepare(case, case.whole)
        begun = time.monotonic()
        code, said = self.run([word.replace(PLACE, case.whole) for word in case.command])
        case.seconds = time.monotonic() - begun
        if code != 0:
            raise RuntimeError(f"{case.name}: an uninterrupted run ended with {code}:\n{said}")
        left = [name for name in files_in(case.whole) if os.path.basename(name).startswith(".")]
        if left:
            raise RuntimeError(f"{case.name}: an uninterrupted run left {left}")

    def kill(self, case):
        """Kills one run of the command, unless it ends before, which does not count."""
        folder = f"{self.work}/killed/{case.name}"
        self.prepare(case, folder)
        command = [word.replace(PLACE, folder) for word in case.command]
        # Half of the kills fall anywhere, half behind the start of the runtime, where the writing is.
        moment = case.seconds * case.random.uniform(*((0, 1) if case.random.random() < 0.5 else (0.4, 1)))
        with tempfile.TemporaryFile("w+") as log:
            process = self.start(command, log)
            try:
                process.wait(moment)
                case.seconds = min(case.seconds, moment)
                return
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        case.kills += 1
        fault = self.half(case, folder) or self.finish(case, folder, command)
        if fault:
            case.failed += 1
            case.faults.append(f"killed after {moment:.2f} s: {fault}")
            shutil.copytree(folder, f"{self.work}/failed/{case.name}-{case.failed}", symlinks=True)

    def half(self, case, folder):
        """What a killed command has under a final name is whole."""
        for name in files_in(folder):
            if os.path.basename(name).startswith(".") or not case.same.fullmatch(name) or not os.path.exists(f"{case.whole}/{name}"):
                continue
            if self.is_old(case, folder, name) or self.is_earlier(name):
                continue
            if not filecmp.cmp(f"{folder}/{name}", f"{case.whole}/{name}", shallow=False):
                return f"{name} is there, but not whole"
        return None

    @staticmethod
    def is_old(case, folder, name):
        return case.start and os.path.exists(f"{case.start}/{name}") and filecmp.cmp(f"{folder}/{name}", f"{case.start}/{name}", shallow=False)

    @staticmethod
    def is_earlier(name):
        """Files of a run folder that grow with the run: what a kill leaves is whole, of an earlier step."""
        return name.endswith((".ckpt", "classes.csv"))

    def finish(self, case, folder, command):
        if not case.target:
            os.makedirs(folder, exist_ok=True)
        code, said = self.run(command + case.again)
        if code != 0 and "it is there already" in said and not case.again:
            code, said = self.run(command + ["--force"])  # killed between its last file and its end
        if code != 0:
            return f"run again, it ended with {code}: {said.strip().splitlines()[-1] if said.strip() else ''}"
        expected, found = files_in(case.whole), files_in(folder)
        if expected != found:
            return f"lacking: {sorted(set(expected) - set(found))}, left over: {sorted(set(found) - set(expected))}"
        other = [name for name in found if case.same.fullmatch(name) and not filecmp.cmp(f"{folder}/{name}", f"{case.whole}/{name}", shallow=False)]
        if other:
            return f"other bytes in {other}"
        case.completed += 1
        return None


def serve(folder):
    """A mirror on this machine that is slow enough to be interrupted."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def copyfile(self, source, target):
            try:
                while block := source.read(1 << 18):
                    target.write(block)
                    time.sleep(0.02)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client was killed

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def cases(bench, work):
    write_table(f"{work}/table.csv", 400, holes=False)
    write_table(f"{work}/holes.csv", 400, holes=True)
    write_images(f"{work}/images")
    with open(f"{work}/small.yaml", "w") as file:
        file.write(PRESET)
    for command in (["train", "small.yaml", "--data", "images", "--out", "run"], ["export", "run"],
                    ["train", "small.yaml", "--data", "images", "--out", "other", "--set", "latent=5"],
                    ["train", "table.csv", "--out", "t", "--set", "steps=20", "--set", "epochs=1"], ["export", "t"]):
        code, said = bench.run(command)
        if code != 0:
            sys.exit(f"error: gan {' '.join(command)} ended with {code}:\n{said}")
    images, rows = "run/generator.onnx", "t/generator.onnx"
    # What a run folder holds whose bytes do not hang on the clock.
    run = r"(options\.yaml|.*\.ckpt|.*\.onnx|samples/.*|generated.*|upsampled.*|train\.csv|test\.csv|quality.*\.csv|columns\.csv|classes\.csv)"
    table = ["--set", "steps=60", "--set", "epochs=3"]
    some = [
        Case("train", ["train", "small.yaml", "--data", "images", "--out", PLACE, "--set", "epochs=60", "--set", "sample_every=5"], ["--resume"], run,
             target=True),
        Case("train-table", ["train", "table.csv", "--out", PLACE, *table], ["--resume"], run, target=True),
        Case("run", ["run", "table.csv", "--out", PLACE, *table], ["--resume"], run, target=True),
        Case("export", ["export", PLACE], same=r".*\.onnx", start=f"{work}/run"),
        Case("generate-csv", ["generate", images, "--count", "40000", "--out", f"{PLACE}/x.csv"], ["--resume"]),
        Case("generate-npy", ["generate", images, "--count", "100000", "--out", f"{PLACE}/x.npy"], ["--resume"]),
        Case("generate-idx", ["generate", images, "--count", "200000", "--out", PLACE], ["--resume"]),
        Case("generate-png", ["generate", images, "--count", "200", "--format", "png", "--out", PLACE], ["--resume"]),
        Case("generate-table", ["generate", rows, "--count", "5000", "--out", f"{PLACE}/x.csv"], ["--resume"]),
        Case("upsample-csv", ["upsample", "table.csv", "--generator", rows, "--balance", "counts:rare=4000", "--out", f"{PLACE}/x.csv"]),
        Case("upsample-idx", ["upsample", "images", "--generator", images, "--balance", "counts:b=20000", "--out", PLACE]),
        Case("evaluate", ["evaluate", rows, "--data", "table.csv", "--out", f"{PLACE}/x.csv"]),
        Case("evaluate-pictures", ["evaluate", images, "--data", "images", "--preset", "small.yaml", "--out", f"{PLACE}/x.csv", "--pictures", f"{PLACE}/p"]),
        Case("impute", ["impute", "holes.csv", "--steps", "100", "--imputations", "3", "--out", f"{PLACE}/x.csv"]),
        Case("anonymize", ["anonymize", "table.csv", *table, "--set", "steps=20", "--out", f"{PLACE}/x.csv"]),
        Case("report", ["report", PLACE], same=r"report\..*|pictures/.*", start=f"{work}/run"),
        Case("compare", ["compare", "run", "other", "--out", PLACE]),
        Case("inspect", ["inspect", images, "--picture", f"{PLACE}/x.svg"]),
        Case("advise", ["advise", "table.csv", "--folds", "2", *table, "--set", "steps=20", "--out", f"{PLACE}/x.csv"]),
        Case("sweep", ["sweep", "small.yaml", "--data", "images", "--seeds", "1,2", "--parallel", "2", "--train-only", "--set", "epochs=10", "--out", PLACE],
             same=r".*/" + run),
    ]
    data = f"{os.environ.get('GAN_DATA', '../shared/data')}/mnist"
    if os.path.exists(f"{data}/train-images-idx3-ubyte.gz"):
        some.append(Case("data-fetch", ["data", "fetch", "mnist", "--mirror", serve(os.path.abspath(data)), "--out", PLACE]))
    else:
        print(f"data fetch: left out, {data} does not hold MNIST's packed files", file=sys.stderr)
    return some


def main():
    options = argparse.ArgumentParser(prog="scripts/bench.sh kill")
    options.add_argument("gan")
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default="", help="only the cases whose name contains this")
    options = options.parse_args()
    work = tempfile.mkdtemp(prefix="gan-kill-")
    os.environ["GAN_CACHE"] = f"{work}/cache"
    bench = Bench(options.gan, work, options.seed)
    some = [case for case in cases(bench, work) if options.only in case.name]
    begun = time.monotonic()
    # A command a core at a time; each has its own folders and its own random numbers.
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in [pool.submit(bench.kills, case, options.kills // len(some) + (i < options.kills % len(some))) for i, case in enumerate(some)]:
            done.result()
    print(f"{'command':<20}{'kills':>8}{'completed':>12}{'failures':>10}   afterwards")
    for case in some:
        print(f"{case.name:<20}{case.kills:>8}{case.completed:>12}{case.failed:>10}   {'resumed' if case.again else 'run again'}")
    failed = sum(case.failed for case in some)
    print(f"{'all':<20}{sum(c.kills for c in some):>8}{sum(c.completed for c in some):>12}{failed:>10}   seed {options.seed}, "
          f"{time.monotonic() - begun:.0f} s")
    for case in some:
        for fault in case.faults:
            print(f"{case.name}: {fault}", file=sys.stderr)
    if failed:
        sys.exit(f"what the failures left is in {work}/failed")
    shutil.rmtree(work)


main()
