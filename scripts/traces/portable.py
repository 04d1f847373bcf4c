"""Numbers that C# and Python make alike, to the bit: see PortableNumbers in tests/Training.Tests."""
import numpy as np
import torch

# With this seed and batches of 8 no activation comes so near to the kink of a leaky ReLU (record_trace.py prints how near) that another processor's rounding
# takes it to the other side. With batches of 128 some always do; then a gradient changes visibly, and only the losses can be compared from one machine to
# another.
SEED = 100
# Streams; parameters have one each, from GENERATOR or DISCRIMINATOR on.
GENERATOR, DISCRIMINATOR, NORMAL, SAMPLES, LABELS, UNIFORM = range(1000 * SEED, 1000 * SEED + 600, 100)


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


def as_tensor(values, shape):
    return torch.from_numpy(values.astype(np.float32)).view(*shape)


def initialize(parameters, stream):
    """By shape and order alone: a weight of two or more axes is uniform within 1/sqrt(entries for one index of its first axis), a bias within the same bound as
    the weight before it; norm layers (a weight of one axis) have 1 and 0. Every parameter has a stream, used or not."""
    bound = None
    with torch.no_grad():
        for i, (name, parameter) in enumerate(parameters):
            if parameter.dim() > 1:
                bound = 1 / np.sqrt(float(parameter.numel() // parameter.shape[0]))
            elif name.endswith("weight"):
                bound = None
            if bound is None:
                parameter.fill_(1 if name.endswith("weight") else 0)
            else:
                parameter.copy_(as_tensor((2 * uniform(stream + i, 0, parameter.numel()) - 1) * bound, parameter.shape))


class Draws:
    """What a run draws, in the order in which it draws it."""

    def __init__(self, case):
        self.case, self.batches, self.normals, self.uniforms = case, 0, 0, 0

    def real(self):
        case, count = self.case, int(np.prod(self.case.shape)) * self.case.batch
        first = self.batches * count
        if case.is_image:
            samples = (as_tensor(np.floor(256 * uniform(SAMPLES, first, count)), (case.batch, *case.shape)) - 127.5) * (1 / 127.5)
        else:
            samples = as_tensor(bell(SAMPLES, first, count), (case.batch, *case.shape))
        label = torch.from_numpy(np.floor(case.classes * uniform(LABELS, self.batches * case.batch, case.batch)).astype(np.int64)) if case.classes else None
        self.batches += 1
        return samples, label

    def normal(self, *shape):
        count = int(np.prod(shape))
        self.normals += count
        return as_tensor(bell(NORMAL, self.normals - count, count), shape)

    def uniform(self, *shape):
        count = int(np.prod(shape))
        self.uniforms += count
        return as_tensor(uniform(UNIFORM, self.uniforms - count, count), shape)


class Repeated:
    """A few batches over and over, for timing."""

    def __init__(self, batches, noise):
        self.batches, self.noise, self.taken = batches, noise, 0

    def real(self):
        self.taken += 1
        return self.batches[self.taken % len(self.batches)]

    def normal(self, *_):
        return self.noise[self.taken % len(self.noise)]
