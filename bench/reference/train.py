#!/usr/bin/env python3
"""Trains one of the source systems, with the source's values, or of the modern presets in plain PyTorch, and writes samples in the data's own units.

    bench/reference/train.py mnist-cgan --data FOLDER --out runs/twin --epochs 5 --seed 1

Images go to OUT-images-idx3-ubyte (and, of systems with classes, OUT-labels-idx1-ubyte), points to OUT.npy. The last line says seconds an epoch.
"""
import argparse
import copy
import math
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import interpolate

sys.path.insert(0, str(Path(__file__).parent))
from idx import read_idx, write_idx
from modern import MODERN
from systems import SYSTEMS

SYSTEMS = {**SYSTEMS, **MODERN}


def load(system, folder, random):
    """Real samples in network units, and their classes."""
    if system.data == "moons":
        angle = math.pi * torch.rand(2000, generator=random)
        lower = (torch.arange(2000) >= 1000).float()
        x, y = torch.cos(angle), torch.sin(angle)
        points = torch.stack([lower * (1 - x) + (1 - lower) * x, lower * (0.5 - y) + (1 - lower) * y], 1)
        return points + 0.1 * torch.randn(2000, 2, generator=random), lower.long()
    if system.data == "folder":
        raise SystemExit("the faces system has no twin here: its pictures are the user's own")
    images = torch.from_numpy(read_idx(folder / "train-images-idx3-ubyte").copy())[:, None]
    if images.shape[2] != system.shape[1]:
        images = interpolate(images.float(), system.shape[1:], mode="bilinear", align_corners=False, antialias=True).round().byte()
    return images, torch.from_numpy(read_idx(folder / "train-labels-idx1-ubyte").astype(np.int64))


def train(system, options):
    torch.manual_seed(options.seed)
    random = torch.Generator().manual_seed(options.seed + 1000)
    samples, labels = (t.to(options.device) for t in load(system, options.data, random))
    g, d = (network.to(options.device) for network in system.build())
    g_adam, d_adam = (torch.optim.Adam(n.parameters(), system.learning_rate, system.betas) for n in (g, d))
    average, taken, size = copy.deepcopy(g) if system.ema else g, 0, system.batch * system.batches
    begin = time.perf_counter()
    for epoch in range(1, options.epochs + 1):
        sums, steps = torch.zeros(4, device=options.device), len(samples) // size
        for index in torch.randperm(len(samples), generator=random)[:steps * size].to(options.device).view(steps, size):
            real = samples[index]
            real = real.float() / 127.5 - 1 if real.dtype == torch.uint8 else real
            noise, fresh = (torch.randn(size, system.latent, generator=random).to(options.device) for _ in range(2))
            sums += torch.stack([t.detach() for t in system.take(g, d, g_adam, d_adam, real, labels[index], noise, fresh if system.fresh_noise else None)])
            taken += 1
            if system.ema:
                blend(average, g, min(system.ema, (1 + taken) / (10 + taken)))
        if epoch == options.epochs or epoch % max(1, options.epochs // 20) == 0:
            d_loss, g_loss, real_score, fake_score = (sums / steps).tolist()
            print(f"epoch {epoch}: D loss {d_loss:.4f}, G loss {g_loss:.4f}, real score {real_score:.3f}, fake score {fake_score:.3f}", flush=True)
    print(f"{(time.perf_counter() - begin) / options.epochs:.2f} seconds an epoch")
    return average.eval().cpu()


@torch.no_grad()
def blend(average, network, keep):
    """Exponential moving average of weights and running statistics."""
    for mean, value in zip([*average.parameters(), *average.buffers()], [*network.parameters(), *network.buffers()]):
        mean.copy_(mean * keep + value * (1 - keep) if mean.is_floating_point() else value)


@torch.no_grad()
def write_samples(g, system, options):
    random = torch.Generator().manual_seed(options.seed + 2000)
    labels = torch.arange(options.samples) % 10
    noise = torch.randn(options.samples, system.latent, generator=random)
    samples = torch.cat([g(n, l) for n, l in zip(noise.split(500), labels.split(500))])
    if len(system.shape) == 1:
        Path(options.out).parent.mkdir(parents=True, exist_ok=True)
        np.save(f"{options.out}.npy", samples.numpy())
        return
    write_idx(f"{options.out}-images-idx3-ubyte", (samples * 127.5 + 127.5).round().clamp(0, 255).byte()[:, 0].numpy())
    if system.classes:
        write_idx(f"{options.out}-labels-idx1-ubyte", labels.byte().numpy())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("system", choices=SYSTEMS)
    parser.add_argument("--data", type=Path, help="folder with the IDX files")
    parser.add_argument("--out", required=True, help="what the files of samples start with; may hold a folder")
    parser.add_argument("--samples", type=int, default=10_000)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--threads", type=int, default=0, help="0: as many as there are cores")
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    system = SYSTEMS[options.system]
    write_samples(train(system, options), system, options)


if __name__ == "__main__":
    main()
