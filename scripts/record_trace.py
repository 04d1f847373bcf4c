#!/usr/bin/env python3
"""Records what plain PyTorch makes of twenty training steps, for tests/Training.Tests to compare with.

Weights, noise, samples and labels come from a counter-based generator that the tests have too (PortableNumbers), so the files hold results alone.
A case is a preset (as the test will read it) and the same system in plain PyTorch; scripts/traces/ has a module for each family of cases.
Needs PyTorch, that of scripts/setup-pytorch.sh or another.

    scripts/pytorch.sh scripts/record_trace.py [WORD ...]   writes tests/Training.Tests/traces/*.json, or those whose name contains a word
    scripts/pytorch.sh scripts/record_trace.py --compare    records into a temporary folder, and says how far each file is from the recorded one
    scripts/pytorch.sh scripts/record_trace.py --time 300   times that many steps of row S4 instead of recording

ONEDNN_MAX_CPU_ISA=AVX in the environment keeps oneDNN's convolutions from the newest instructions: on some processors those give wrong gradients in the input.
"""
import argparse
import json
import math
import pathlib
import statistics
import sys
import tempfile
import time

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from traces import core, networks, portable, systems  # noqa: E402


def record(path, case):
    training = core.Training(case)
    nearest = networks.watch_kinks(training.networks())
    losses = [training.step() for _ in range(core.STEPS)]
    path.write_text(json.dumps(training.trace(losses), separators=(",", ":"))
                    .replace('],"', '],\n"').replace("],[", "],\n[").replace("},{", "},\n{") + "\n")
    print(f"{path.name}: last losses {losses[-1][0]:.5f} {losses[-1][1]:.5f}, nearest to a kink {nearest[0]:.1e}")


def difference(recorded, anew):
    """The largest differences of losses and tensors, as the tests measure them, and as shares: of the loss, and of the tensor's root mean square."""
    apart, share = {"losses": 0}, {"losses": 0}

    def add(name, one, other, scale):
        by = abs(one - other) if math.isfinite(other) else math.inf
        apart[name] = max(apart.get(name, 0), by)
        share[name] = max(share.get(name, 0), by / (abs(scale) or 1))

    for one, other in zip(recorded["losses"], anew["losses"]):
        for a, b in zip(one, other):
            add("losses", a, b, a)
    for name, parts in recorded["tensors"].items():
        for part, new in zip(parts, anew["tensors"][name]):
            if part["unsettled"]:
                continue
            for a, b in zip([part["mean"], part["rms"], *part["entries"]], [new["mean"], new["rms"], *new["entries"]]):
                add(name, a, b, part["rms"])
    said = ", ".join(f"{name} {apart[name]:.1e} (relative {share[name]:.1e})" for name in apart)
    return f"differs by: {said}; {'within' if max(apart.values()) <= recorded['tolerance'] else 'BEYOND'} {recorded['tolerance']:.0e}"


def clock(steps, threads):
    torch.set_num_threads(threads)
    case = next(c for c in systems.cases() if c.name == "s4-batch128")
    training = core.Training(case)
    batches = [training.draws.real() for _ in range(8)]
    noise = [training.draws.normal(case.batch, case.latent) for _ in range(8)]
    training.draws = portable.Repeated(batches, noise)
    taken = []
    for _ in range(steps + 20):
        begin = time.perf_counter()
        training.update()
        taken.append(1000 * (time.perf_counter() - begin))
    tenth = statistics.quantiles(taken[20:], n=10)[0]
    print(f"{threads} threads: median {statistics.median(taken[20:]):.2f} ms a step, a tenth below {tenth:.2f}, least {min(taken):.2f}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("words", nargs="*", metavar="WORD")
    arguments.add_argument("--time", type=int, metavar="STEPS", help="time this many steps instead of recording")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--compare", action="store_true", help="compare with what is recorded instead of writing it anew")
    given = arguments.parse_args()
    if given.time:
        return clock(given.time, given.threads)
    folder = pathlib.Path(__file__).resolve().parent.parent / "tests/Training.Tests/traces"
    folder.mkdir(exist_ok=True)
    from traces import modern, remedies
    for case in [*systems.cases(), *modern.cases(), *remedies.cases()]:
        if given.words and not any(w in case.name for w in given.words):
            continue
        path = folder / f"{case.name}.json"
        if not given.compare:
            record(path, case)
            continue
        with tempfile.TemporaryDirectory() as anew:
            record(pathlib.Path(anew) / path.name, case)
            print("    " + difference(json.loads(path.read_text()), json.loads((pathlib.Path(anew) / path.name).read_text())), flush=True)


if __name__ == "__main__":
    main()
