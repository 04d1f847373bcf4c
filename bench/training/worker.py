"""Steps of one system in plain PyTorch, on request: a line with a number on standard input is answered by the milliseconds of so many steps."""
import sys
import time

import torch

from systems import SYSTEMS


def main():
    name, batch, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    clock = time.process_time if sys.argv[4] == "cpu" else time.perf_counter
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(1)
    step = SYSTEMS[name](batch)
    for line in sys.stdin:
        taken = []
        for _ in range(int(line)):
            begin = clock()
            step()
            taken.append(1000 * (clock() - begin))
        print(" ".join(f"{ms:.4f}" for ms in taken), flush=True)


main()
