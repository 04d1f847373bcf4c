"""The systems S1 to S7 in plain PyTorch."""
from torch import nn

from .core import Case
from .networks import Discriminator, Generator, OneHotConcat, mlp


def mnist_cgan(name, batch, **options):
    """S4: as the test's preset, which is the source's."""
    text = """
system: mnist-cgan
data: { kind: idx }
latent: 100
generator: { network: mlp, hidden: [128, 256, 512], batch_norm: true, batch_norm_epsilon: 0.8 }
discriminator: { network: mlp, hidden: [512, 256] }
"""
    return Case(
        name, lambda: Generator(nn.Sequential(*mlp([110, 128, 256, 512, 784], batch_norm=True, eps=0.8), nn.Tanh(), nn.Unflatten(1, (1, 28, 28))), OneHotConcat(10)),
        lambda: Discriminator(nn.Flatten(), nn.Sequential(*mlp([794, 512, 256, 1])), OneHotConcat(10)),
        shape=(1, 28, 28), latent=100, classes=10, batch=batch, preset=text, **options)


def cases():
    yield mnist_cgan("s4", 8)
    yield mnist_cgan("s4-batch128", 128, weights=False)
    yield mnist_cgan("s4-r1-ema", 8, ema=0.999, regularizers={"r1": (1.0, 2)}, set=["ema=0.999", "regularizers=[{name: r1, weight: 1, every: 2}]"])
