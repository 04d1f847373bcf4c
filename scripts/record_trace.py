#!/usr/bin/env python3
"""Records what plain PyTorch makes of twenty training steps, for tests/Training.Tests to compare with.

Weights, noise, images and labels come from a counter-based generator that the tests have too (PortableNumbers), so the files hold results alone.
Needs PyTorch (Debian: python3-torch).

    scripts/record_trace.py              writes tests/Training.Tests/traces/*.json
    scripts/record_trace.py --time 300   times that many steps of row S4 instead of recording
"""
import argparse
import json
import pathlib
import statistics
import time

import numpy as np
import torch
from torch import nn
from torch.nn.functional import one_hot, softplus

STEPS, LATENT, CLASSES, PIXELS = 20, 100, 10, 28 * 28
# With this seed and batches of 8 no activation comes so near to the kink of a leaky ReLU (`record` prints how near) that another processor's rounding takes it
# to the other side. With batches of 128 some always do; then a gradient changes visibly, and only the losses can be compared from one machine to another.
SEED = 100
# Streams of the generator; parameters have one each, from GENERATOR or DISCRIMINATOR on.
GENERATOR, DISCRIMINATOR, NOISE, IMAGES, LABELS = range(1000 * SEED, 1000 * SEED + 500, 100)
SAMPLED = 64


def uniform(stream, first, count):
    """Numbers of a stream in [0, 1), multiples of 2^-24: the SplitMix64 finalizer of a counter."""
    with np.errstate(over="ignore"):
        z = (np.uint64(stream << 40) + np.arange(first + 1, first + count + 1, dtype=np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float64) / 2**24


def bell(stream, first, count):
    """Sums of four uniform numbers, with mean 0 and variance 1: near enough to normal, and free of library functions."""
    u = uniform(stream, 4 * first, 4 * count).reshape(-1, 4)
    return (((u[:, 0] + u[:, 1]) + u[:, 2]) + u[:, 3] - 2) * np.sqrt(3.0)


def initialize(network, stream):
    """Linear layers uniform within 1/sqrt(inputs); batch norm 1 and 0."""
    with torch.no_grad():
        layers = [m for m in network.modules() if isinstance(m, (nn.Linear, nn.BatchNorm1d))]
        for layer in layers:
            for parameter in (layer.weight, layer.bias):
                if isinstance(layer, nn.Linear):
                    values = (2 * uniform(stream, 0, parameter.numel()) - 1) * (1 / np.sqrt(float(layer.in_features)))
                    parameter.copy_(torch.from_numpy(values.astype(np.float32)).view_as(parameter))
                stream += 1
    return network


def generator():
    layers = [nn.Linear(LATENT + CLASSES, 128), nn.LeakyReLU(0.2)]
    for inputs, outputs in ((128, 256), (256, 512)):
        layers += [nn.Linear(inputs, outputs), nn.BatchNorm1d(outputs, 0.8), nn.LeakyReLU(0.2)]
    return initialize(nn.Sequential(*layers, nn.Linear(512, PIXELS), nn.Tanh()), GENERATOR)


def discriminator():
    hidden = [nn.Linear(PIXELS + CLASSES, 512), nn.LeakyReLU(0.2), nn.Linear(512, 256), nn.LeakyReLU(0.2)]
    return initialize(nn.Sequential(*hidden, nn.Linear(256, 1)), DISCRIMINATOR)


def watch_kinks(networks):
    """A list that holds, in the end, the smallest absolute input of any leaky ReLU."""
    nearest = [float("inf")]

    def look(_, inputs, __):
        nearest[0] = min(nearest[0], inputs[0].abs().min().item())

    for network in networks:
        for layer in network.modules():
            if isinstance(layer, nn.LeakyReLU):
                layer.register_forward_hook(look)
    return nearest


def batch(step, size):
    noise = torch.from_numpy(bell(NOISE, step * size * LATENT, size * LATENT).astype(np.float32)).view(size, LATENT)
    pixels = np.floor(256 * uniform(IMAGES, step * size * PIXELS, size * PIXELS)).astype(np.float32)
    real = (torch.from_numpy(pixels).view(size, PIXELS) - 127.5) * (1 / 127.5)
    label = torch.from_numpy(np.floor(CLASSES * uniform(LABELS, step * size, size)).astype(np.int64))
    return real, label, noise


class Training:
    """Row S4: D on the real batch and on a generated one of the same labels, then G against the new D with the same generated batch."""

    def __init__(self, r1_weight=0.0, r1_every=1, ema=0.0):
        self.g, self.d, self.average = generator(), discriminator(), generator()
        self.g_adam = torch.optim.Adam(self.g.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.d_adam = torch.optim.Adam(self.d.parameters(), lr=2e-4, betas=(0.5, 0.999))
        self.r1_weight, self.r1_every, self.ema, self.taken = r1_weight, r1_every, ema, 0

    def penalty(self, real, hot):
        x = real.clone().requires_grad_(True)
        gradient, = torch.autograd.grad(self.d(torch.cat([x, hot], 1)).sum(), x, create_graph=True)
        return gradient.square().sum(1).mean() * (self.r1_weight / 2 * self.r1_every)

    def step(self, real, label, noise):
        hot = one_hot(label, CLASSES).float()
        fake = self.g(torch.cat([noise, hot], 1))
        real_logits, fake_logits = self.d(torch.cat([real, hot], 1)), self.d(torch.cat([fake.detach(), hot], 1))
        d_loss = softplus(-real_logits).mean() + softplus(fake_logits).mean()
        self.d_adam.zero_grad()
        (d_loss + self.penalty(real, hot) if self.r1_weight and self.taken % self.r1_every == 0 else d_loss).backward()
        self.d_adam.step()
        g_loss = softplus(-self.d(torch.cat([fake, hot], 1))).mean()
        self.g_adam.zero_grad()
        g_loss.backward()
        self.g_adam.step()
        self.taken += 1
        if self.ema:
            self.update_average()
        return [t.item() for t in (d_loss, g_loss, real_logits.sigmoid().mean(), fake_logits.sigmoid().mean())] if self.recording else None

    recording = True

    def update_average(self):
        take = 1 - min(self.ema, (1 + self.taken) / (10 + self.taken))
        with torch.no_grad():
            for mine, theirs in zip(self.average.state_dict().values(), self.g.state_dict().values()):
                if mine.is_floating_point():
                    mine.lerp_(theirs, take)


def unsettled(network):
    """Biases in front of batch norm, which takes them out again, and the running means that they shift: their gradients are rounding, which Adam enlarges."""
    layers = list(network)
    return {id(t) for layer, after in zip(layers, layers[1:]) if isinstance(after, nn.BatchNorm1d) for t in (layer.bias, after.running_mean)}


def describe(tensor, free):
    values = tensor.detach().double().flatten()
    count = values.numel()
    sampled = values[[i * count // SAMPLED for i in range(SAMPLED)]] if count > SAMPLED else values
    return {"count": count, "unsettled": free, "mean": values.mean().item(), "rms": values.square().mean().sqrt().item(),
            "entries": [float(f"{v:.9g}") for v in sampled.tolist()]}


def record(path, size, **options):
    training = Training(**options)
    nearest = watch_kinks((training.g, training.d))
    losses = [training.step(*batch(step, size)) for step in range(STEPS)]
    state = {"generator.parameters": training.g.parameters(), "discriminator.parameters": training.d.parameters(), "generator.buffers": floats(training.g)}
    if training.ema:
        state |= {"sampler.parameters": training.average.parameters(), "sampler.buffers": floats(training.average)}
    free = unsettled(training.g) | unsettled(training.average)
    trace = {"torch": torch.__version__, "batch": size, "options": options, "losses": [[float(f"{v:.9g}") for v in row] for row in losses],
             "tensors": {name: [describe(t, id(t) in free) for t in tensors] for name, tensors in state.items()}}
    path.write_text(json.dumps(trace, separators=(",", ":")).replace('],"', '],\n"').replace("],[", "],\n[").replace("},{", "},\n{") + "\n")
    print(f"{path.name}: last losses {losses[-1][0]:.5f} {losses[-1][1]:.5f}, nearest to a kink {nearest[0]:.1e}")


def floats(network):
    return [b for b in network.buffers() if b.is_floating_point()]


def clock(steps, threads):
    torch.set_num_threads(threads)
    training = Training()
    training.recording = False
    batches = [batch(step, 128) for step in range(8)]
    taken = []
    for step in range(steps + 20):
        begin = time.perf_counter()
        training.step(*batches[step % len(batches)])
        taken.append(1000 * (time.perf_counter() - begin))
    tenth = statistics.quantiles(taken[20:], n=10)[0]
    print(f"{threads} threads: median {statistics.median(taken[20:]):.2f} ms a step, a tenth below {tenth:.2f}, least {min(taken):.2f}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--time", type=int, metavar="STEPS", help="time this many steps instead of recording")
    arguments.add_argument("--threads", type=int, default=2)
    given = arguments.parse_args()
    if given.time:
        return clock(given.time, given.threads)
    folder = pathlib.Path(__file__).resolve().parent.parent / "tests/Training.Tests/traces"
    folder.mkdir(exist_ok=True)
    record(folder / "s4.json", 8)
    record(folder / "s4-batch128.json", 128)
    record(folder / "s4-r1-ema.json", 8, r1_weight=1.0, r1_every=2, ema=0.999)


if __name__ == "__main__":
    main()
