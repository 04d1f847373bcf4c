#!/usr/bin/env python3
"""Times whole training steps of the product and of plain PyTorch side by side. One process each is kept alive, and they take turns: what else the machine
does hits all alike.

Columns: ours; PyTorch as it comes, eager and in float32; the same with what ours sets for its process, glibc's malloc told to keep freed memory and OpenMP's
threads to sleep soon (on a GPU: in float32 throughout, where PyTorch as it comes convolves in TF32); PyTorch with torch.autocast in bfloat16. Medians over all
timed steps, the ratios of the medians, and the machine with its load average. Where only every fourth step has a penalty, the mean of four counts as a step.
"""
import argparse
import csv
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Name of the source system, batch size, and the number of steps of which one has the penalties.
SYSTEMS = {
    "moons-gan": ("S1", 250, 1), "fashion-mlp-gan": ("S2", 128, 1), "fashion-bn-gan": ("S3", 128, 1), "mnist-cgan": ("S4", 128, 1),
    "mnist-dcgan": ("S5", 128, 1), "faces-dcgan": ("S6", 64, 1), "mnist-acgan": ("S7", 100, 1),
    "mnist-projection-cgan": ("", 64, 4), "fashion-resnet-wgan": ("", 64, 1), "fashion-r3gan": ("", 64, 4),
}
# What src/Training/Devices.cs sets.
TUNED = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(1 << 30), "GOMP_SPINCOUNT": "20000"}
PEERS = ("pytorch", "pytorch_tuned", "pytorch_bf16")


class Worker:
    def __init__(self, command, environment=()):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **dict(environment)})

    def steps(self, count):
        try:
            self.process.stdin.write(f"{count}\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            sys.exit("bench: a worker ended early; its message is above")
        return [float(ms) for ms in answer.split()]

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait()


def workers_of(name, batch, arguments):
    """Ours, and the three of PyTorch."""
    program = ROOT / "artifacts/bin/GanPipeline.Bench.Training/release/GanPipeline.Bench.Training.dll"
    common = [str(batch), str(arguments.threads), "cpu" if arguments.cpu else "wall", arguments.device]
    torch = [os.environ.get("GAN_PYTHON") or str(ROOT / "scripts/pytorch.sh"), str(HERE / "worker.py"), name, *common]
    tuned = TUNED if arguments.device == "cpu" else {"NVIDIA_TF32_OVERRIDE": "0"}
    return [Worker(["dotnet", str(program), str(ROOT / f"models/{name}.yaml"), *common, *arguments.settings]),
            Worker([*torch, "float32"]), Worker([*torch, "float32"], tuned), Worker([*torch, "bfloat16"])]


def measure(name, batch, every, arguments):
    """The milliseconds of each worker's steps."""
    workers = workers_of(name, batch, arguments)
    try:
        times, counts = [[] for _ in workers], []
        for worker in workers:
            worker.steps(arguments.warm_up)
            rounds = 1000 * arguments.seconds / statistics.mean(worker.steps(max(arguments.warm_up, every))) / every
            counts.append(every * max(1, round(rounds)))
        for turn in range(arguments.rounds):
            for i in range(len(workers)):
                which = (i + turn) % len(workers)  # nobody is always the first
                taken = workers[which].steps(counts[which])
                times[which] += [statistics.mean(taken[k:k + every]) for k in range(0, len(taken), every)]
        return times
    finally:
        for worker in workers:
            worker.close()


def processor():
    try:
        found = re.search(r"^model name\s*: (.+)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("presets", nargs="*", metavar="PRESET", help="names of models/, without .yaml; all by default")
    parser.add_argument("--rounds", type=int, default=10, help="turns that each takes")
    parser.add_argument("--seconds", type=float, default=1, help="length of a turn")
    parser.add_argument("--warm-up", type=int, default=5, metavar="STEPS")
    parser.add_argument("--threads", type=int, default=0, help="threads of all; 0 leaves the preset's and PyTorch's own choice")
    parser.add_argument("--batch", type=int, default=0, help="samples a step; 0 for the system's own number")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--cpu", action="store_true", help="processor time instead of time on the clock: with --threads 1, what a busy machine can tell")
    parser.add_argument("--set", dest="settings", action="append", default=[], metavar="KEY=VALUE", help="an option of ours, as in 'gan train'")
    parser.add_argument("--out", metavar="FILE.csv", default="training.csv")
    arguments = parser.parse_args()
    for name in arguments.presets:
        if name not in SYSTEMS:
            sys.exit(f"bench: there is no system '{name}'; there are {', '.join(SYSTEMS)}")
    machine, cores = processor(), os.cpu_count()
    clock = "processor time" if arguments.cpu else "time on the clock"
    print(f"{machine}, {cores} cores, {arguments.threads or 'own choice of'} threads, {arguments.device}; ms a step, medians of {clock}")
    print(f"{'':32}{'ours':>9}{'PyTorch':>10}{'ratio':>7}{'tuned':>10}{'ratio':>7}{'autocast':>10}{'ratio':>7}{'load':>7}", flush=True)
    with open(arguments.out, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["system", "preset", "batch", "threads", "device", "clock", "ours_ms", *(f"{p}_ms" for p in PEERS), *(f"ratio_to_{p}" for p in PEERS),
                         "processor", "cores", "load"])
        for name in arguments.presets or SYSTEMS:
            row, batch, every = SYSTEMS[name]
            batch = arguments.batch or batch
            own, *peers = (statistics.median(t) for t in measure(name, batch, every, arguments))
            load = os.getloadavg()[0]
            print(f"{row:2} {name:22} b{batch:<5}{own:9.2f}" + "".join(f"{p:10.2f}{own / p:7.2f}" for p in peers) + f"{load:7.1f}", flush=True)
            writer.writerow([row, name, batch, arguments.threads, arguments.device, "processor" if arguments.cpu else "wall", f"{own:.4f}",
                             *(f"{p:.4f}" for p in peers), *(f"{own / p:.4f}" for p in peers), machine, cores, f"{load:.2f}"])
            file.flush()


main()
