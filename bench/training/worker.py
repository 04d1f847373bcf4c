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
    wait = torch.cuda.synchronize if device != "cpu" else lambda: None
    torch.manual_seed(1)
    step = SYSTEMS[name](batch)

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
