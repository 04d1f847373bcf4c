#!/usr/bin/env python3
"""Times whole training steps of the product and of plain PyTorch side by side. One process each is kept alive, and they take turns: what else the machine does hits all alike.

Columns: ours; PyTorch as it comes; PyTorch with what ours does by itself: glibc's malloc told to keep freed memory, and, on an Intel processor that Debian's OpenBLAS does not know,
the matrix kernels that fit it (on a GPU: float32 throughout, where PyTorch as it comes convolves in TF32). Medians over all timed steps, the ratios of the medians, and the machine's load average beside them.
"""
import argparse
import csv
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Row of SYSTEMS.md, batch size, and the ratio to be reached: to PyTorch as it comes, and to PyTorch with malloc tuned.
SYSTEMS = {
    "moons-gan": ("S1", 250, 0.45, 0.7), "fashion-mlp-gan": ("S2", 128, 0.7, 0.8), "fashion-bn-gan": ("S3", 128, 0.7, 0.8), "mnist-cgan": ("S4", 128, 0.7, 0.8),
    "mnist-dcgan": ("S5", 128, 0.75, 0.8), "faces-dcgan": ("S6", 64, 0.75, 0.8), "mnist-acgan": ("S7", 100, 0.75, 0.8),
}


def kernels():
    """The choice of system/TorchSharp/Interop/BlasKernels.cs."""
    info = pathlib.Path("/proc/cpuinfo").read_text().split("\n\n")[0]
    if "GenuineIntel" not in info:
        return {}
    flags = set(info.split("flags", 1)[1].split("\n")[0].split())
    if {"avx512f", "avx512bw", "avx512dq", "avx512cd", "avx512vl"} <= flags:
        return {"OPENBLAS_CORETYPE": "SkylakeX"}
    return {"OPENBLAS_CORETYPE": "Haswell"} if {"avx2", "fma"} <= flags else {}


TUNED = {"MALLOC_MMAP_THRESHOLD_": str(1 << 30), "MALLOC_TRIM_THRESHOLD_": str(4 << 30), "MALLOC_TOP_PAD_": str(64 << 20), **kernels()}


class Worker:
    def __init__(self, command, environment=()):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, **dict(environment)})

    def steps(self, count):
        self.process.stdin.write(f"{count}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("a worker ended early; its message is above")
        return [float(ms) for ms in answer.split()]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def ours(name, batch, threads, clock, device):
    stack = (ROOT / "stack.props").read_text().split("<GanStack>")[1].split("<")[0]
    program = ROOT / f"artifacts/{stack}/bin/GanPipeline.Bench.Training/release/GanPipeline.Bench.Training.dll"
    return ["dotnet", str(program), str(ROOT / f"models/{name}.yaml"), str(batch), str(threads), clock, device]


def measure(name, batch, arguments):
    clock = "cpu" if arguments.cpu else "wall"
    torch = [os.environ.get("GAN_PYTHON", "/usr/bin/python3"), str(HERE / "worker.py"), name, str(batch), str(arguments.threads), clock, arguments.device]
    alike = TUNED if arguments.device == "cpu" else {"NVIDIA_TF32_OVERRIDE": "0"}
    workers = [Worker(ours(name, batch, arguments.threads, clock, arguments.device)), Worker(torch), Worker(torch, alike)]
    try:
        times = [[], [], []]
        counts = []
        for worker in workers:
            worker.steps(arguments.warm_up)
            counts.append(max(1, int(1000 * arguments.seconds / statistics.median(worker.steps(arguments.warm_up)))))
        for turn in range(arguments.rounds):
            for i in range(3):
                which = (i + turn) % 3  # nobody is always the first
                times[which] += workers[which].steps(counts[which])
        return times
    finally:
        for worker in workers:
            worker.close()


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
    parser.add_argument("--out", metavar="FILE.csv", default="training.csv")
    arguments = parser.parse_args()
    for name in arguments.presets:
        if name not in SYSTEMS:
            sys.exit(f"bench: there is no system '{name}'; there are {', '.join(SYSTEMS)}")
    rows = []
    print(f"{'':26}{'ours':>9}{'PyTorch':>10}{'ratio':>8}{'tuned':>10}{'ratio':>8}   to reach      load   ms a step, medians", flush=True)
    for name, (row, batch, target, tuned_target) in SYSTEMS.items():
        if arguments.presets and name not in arguments.presets:
            continue
        if not (ROOT / f"models/{name}.yaml").exists():
            print(f"{row} {name}: no preset of this name", flush=True)
            continue
        batch = arguments.batch or batch
        own, plain, tuned = (statistics.median(t) for t in measure(name, batch, arguments))
        load = os.getloadavg()[0]
        print(f"{row} {name:16} b{batch:<5}{own:9.2f}{plain:10.2f}{own / plain:8.2f}{tuned:10.2f}{own / tuned:8.2f}   {target} ({tuned_target}) {load:7.1f}", flush=True)
        rows.append([row, name, batch, f"{own:.4f}", f"{plain:.4f}", f"{tuned:.4f}", f"{own / plain:.4f}", f"{own / tuned:.4f}", target, tuned_target, os.cpu_count(), f"{load:.2f}"])
    with open(arguments.out, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["system", "preset", "batch", "ours_ms", "pytorch_ms", "pytorch_tuned_ms", "ratio", "ratio_tuned", "to_reach", "to_reach_tuned", "cores", "load"])
        writer.writerows(rows)


main()
