"""Steps of one system in plain PyTorch, on request: a line with a number on standard input is answered by the milliseconds of so many steps (on a GPU: by their mean)."""
import sys
import time

import torch

from systems import SYSTEMS


def main():
    name, batch, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    clock = time.process_time if sys.argv[4] == "cpu" else time.perf_counter
    if threads:
        torch.set_num_threads(threads)
    device = sys.argv[5]
    if device != "cpu":
        torch.set_default_device(device)
    torch.manual_seed(1)
    step = SYSTEMS[name](batch)
    for line in sys.stdin:
        taken, count = [], int(line)
        if device != "cpu":  # the GPU runs behind: only a row of steps has a time
            torch.cuda.synchronize()
            begin = clock()
            for _ in range(count):
                step()
            torch.cuda.synchronize()
            taken = [1000 * (clock() - begin) / count]
        for _ in range(count if device == "cpu" else 0):
            begin = clock()
            step()
            taken.append(1000 * (clock() - begin))
        print(" ".join(f"{ms:.4f}" for ms in taken), flush=True)


main()
