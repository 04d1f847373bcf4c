"""Steps of one system in plain PyTorch, on request: a line with a number on standard input is answered by the milliseconds of so many steps (on a GPU: by
their mean).

worker.py PRESET BATCH THREADS wall|cpu DEVICE float32|bfloat16
bfloat16: forward passes and losses in torch.autocast; without a gradient scaler, which only float16 needs.

Data are random: the time of a step does not depend on what the pixels show. As in the product, the data set lies in memory in its own type (bytes for images)
and a step picks its batch, converts it and draws its noise.
"""
import pathlib
import sys
import time
from functools import partial

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "reference"))
import systems  # noqa: E402
from modern import MODERN  # noqa: E402


def steps_of(system, batch):
    """A function that takes one whole step."""
    g, d = system.build()
    g_adam, d_adam = (torch.optim.Adam(n.parameters(), system.learning_rate, system.betas) for n in (g, d))
    count, batch = 1000 if system.shape[0] == 3 else 10000, batch * system.batches
    samples = torch.randint(0, 256, (count, *system.shape), dtype=torch.uint8) if len(system.shape) == 3 else torch.randn(count, *system.shape)
    labels = torch.randint(0, 10, (count,))

    def step():
        index = torch.randint(0, count, (batch,))
        real = samples.index_select(0, index)
        real = real.float().sub_(127.5).mul_(1 / 127.5) if real.dtype == torch.uint8 else real
        fresh = torch.randn(batch, system.latent) if system.fresh_noise else None
        system.take(g, d, g_adam, d_adam, real, labels.index_select(0, index), torch.randn(batch, system.latent), fresh)

    return step


def main():
    name, batch, threads, device = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[5]
    clock = time.process_time if sys.argv[4] == "cpu" else time.perf_counter
    if threads:
        torch.set_num_threads(threads)
    if device != "cpu":
        torch.set_default_device(device)
    if sys.argv[6] == "bfloat16":
        systems.forward = partial(torch.autocast, torch.device(device).type, dtype=torch.bfloat16)
    wait = torch.cuda.synchronize if device != "cpu" else lambda: None
    torch.manual_seed(1)
    step = steps_of({**systems.SYSTEMS, **MODERN}[name], batch)

    def taken(steps):
        wait()
        begin = clock()
        for _ in range(steps):
            step()
        wait()
        return 1000 * (clock() - begin)

    for line in sys.stdin:
        count = int(line)
        # A GPU runs behind: only a row of steps has a time.
        times = [taken(1) for _ in range(count)] if device == "cpu" else [taken(count) / count]
        print(" ".join(f"{ms:.4f}" for ms in times), flush=True)


main()
