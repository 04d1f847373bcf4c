"""The systems S1 to S7 in plain PyTorch: the networks of bench/reference, with the values of each preset's variant `source`."""
import pathlib
import sys

from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench/reference"))
import systems as reference

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
        name,
        lambda: Generator(nn.Sequential(*mlp([110, 128, 256, 512, 784], batch_norm=True, eps=0.8), nn.Tanh(), nn.Unflatten(1, (1, 28, 28))), OneHotConcat(10)),
        lambda: Discriminator(nn.Flatten(), nn.Sequential(*mlp([794, 512, 256, 1])), OneHotConcat(10)),
        shape=(1, 28, 28), latent=100, classes=10, batch=batch, preset=text, **options)


class PairOutput(nn.Module):
    """A reference discriminator that always gives a pair: logits, and class logits or None."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, samples, label):
        output = self.network(samples, label)
        return output if isinstance(output, tuple) else (output, None)


UPDATES = {reference.simultaneous: "simultaneous", reference.alternating: "alternating", reference.auxiliary: "real_then_fake"}


def twin(name, model, system, build, eps=1e-8, **options):
    """A system of bench/reference beside a file of models/. Losses alone are compared: a bias in front of batch norm is rounding, and so
    would be its weights."""
    adam = dict(lr=system.learning_rate, beta1=system.betas[0], beta2=system.betas[1], eps=eps)
    return Case(name, lambda: build()[0], lambda: PairOutput(build()[1]), system.shape, system.latent, model=f"{model}.yaml",
                classes=10 if system.classes else 0, fresh_noise=system.fresh_noise, g_adam=adam, d_adam=adam, ema=system.ema, weights=False, **options)


def source(name, model, build=None, **options):
    system = reference.SYSTEMS[model]
    return twin(name, model, system, build or system.build, variant="source", update=UPDATES[system.take], **options)


def cases():
    yield mnist_cgan("s4", 8)
    yield mnist_cgan("s4-batch128", 128, weights=False)
    yield mnist_cgan("s4-r1-ema", 8, ema=0.999, regularizers={"r1": (1.0, 2)}, set=["ema=0.999", "regularizers=[{name: r1, weight: 1, every: 2}]"])
    yield source("s1-source", "moons-gan")
    yield source("s2-source", "fashion-mlp-gan", lambda: reference.fashion_mlp(dropout=False), set=["discriminator.dropout=[]"])
    yield source("s3-source", "fashion-bn-gan")
    yield source("s4-source", "mnist-cgan")
    # Narrower than their rows: with fewer activations none comes so near to a kink that rounding takes it to the other side. At their own width two runs of
    # PyTorch itself whose weights differ by 1e-7 differ by up to 1e-2 in their losses after twenty steps.
    yield source("s5-source", "mnist-dcgan", lambda: reference.mnist_dcgan(16), tolerance=1e-4, set=["generator.channels=[16, 8, 4]"])
    yield source("s6-source", "faces-dcgan", lambda: reference.faces_dcgan(16), objective="softmax", tolerance=1e-4,
                 set=["generator.channels=[16, 8, 4, 2]", "discriminator.channels=[1, 2, 4, 8]"])
    yield source("s7-source", "mnist-acgan", lambda: reference.mnist_acgan(False, 16, 8), tolerance=1e-4,
                 set=["generator.channels=[16, 16, 8]", "discriminator.dropout=0"])
