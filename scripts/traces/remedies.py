"""Every objective, regulariser and update scheme on a small pair of fully connected networks."""
from torch import nn

from .core import Case
from .networks import Discriminator, Generator, OneHotConcat, mlp

POINTS = """
system: points
data: { kind: moons }
conditional: %s
latent: 4
generator: { network: mlp, hidden: [16, 12] }
discriminator: { network: mlp, hidden: [16, 12] }
generator_optimizer: { learning_rate: 1e-3 }
discriminator_optimizer: { learning_rate: 1e-3 }
"""
IMAGES = """
system: images
data: { kind: idx }
conditional: false
latent: 4
generator: { network: mlp, hidden: [16, 12] }
discriminator: { network: mlp, hidden: [16, 12] }
generator_optimizer: { learning_rate: 1e-3 }
discriminator_optimizer: { learning_rate: 1e-3 }
"""
ADAM = {"lr": 1e-3}


def points(name, set, classes=0, logits=1, pack=1, **options):
    label = (lambda: OneHotConcat(classes)) if classes else (lambda: None)
    return Case(
        name, lambda: Generator(nn.Sequential(*mlp([4 + classes, 16, 12, 2])), label()),
        lambda: Discriminator(nn.Flatten(), nn.Sequential(*mlp([2 * pack + classes, 16, 12, logits])), label()),
        shape=(2,), latent=4, classes=classes, g_adam=ADAM, d_adam=ADAM, preset=POINTS % ("true" if classes else "false"), set=set, **options)


def images(name, set, **options):
    return Case(
        name, lambda: Generator(nn.Sequential(*mlp([4, 16, 12, 3 * 8 * 12]), nn.Tanh(), nn.Unflatten(1, (3, 8, 12)))),
        lambda: Discriminator(nn.Flatten(), nn.Sequential(*mlp([3 * 8 * 12, 16, 12, 1]))),
        shape=(3, 8, 12), latent=4, g_adam=ADAM, d_adam=ADAM, preset=IMAGES, set=set, **options)


def cases():
    for objective in ("minimax", "least_squares", "hinge", "wasserstein", "relativistic"):
        yield points(f"objective-{objective}", [f"objective={objective}"], classes=3, objective=objective)
    yield points("objective-softmax", ["objective=softmax"], logits=2, objective="softmax")

    both = ["regularizers=[{name: r1, weight: 0.5, every: 2}, {name: r2, weight: 0.3, every: 3}]"]
    yield points("r1-r2", both, classes=3, regularizers={"r1": (0.5, 2), "r2": (0.3, 3)})
    yield points("r1-r2-relativistic", [*both, "objective=relativistic"], objective="relativistic", regularizers={"r1": (0.5, 2), "r2": (0.3, 3)})
    yield points("r1-softmax", ["objective=softmax", "regularizers=[{name: r1, weight: 0.5}]"], logits=2, objective="softmax", regularizers={"r1": (0.5, 1)})
    yield points("gradient-penalty",
                 ["objective=wasserstein", "regularizers=[{name: gradient_penalty}]", "update={scheme: alternating, discriminator_steps: 3}"],
                 classes=3, objective="wasserstein", discriminator_steps=3, regularizers={"gradient_penalty": 10.0})
    yield points("weight-clipping", ["objective=wasserstein", "regularizers=[{name: weight_clipping, limit: 0.1}]"], objective="wasserstein",
                 regularizers={"weight_clipping": 0.1})
    yield points("spectral-norm", ["objective=hinge", "regularizers=[{name: spectral_norm}, {name: r1, weight: 0.5}]"], objective="hinge",
                 regularizers={"spectral_norm": True, "r1": (0.5, 1)})
    yield points("instance-noise", ["regularizers=[{name: instance_noise, deviation: 0.5, decay_epochs: 15}]"], regularizers={"instance_noise": (0.5, 15)})
    yield points("label-smoothing", ["regularizers=[{name: label_smoothing, amount: 0.2}]"], regularizers={"label_smoothing": 0.2})
    yield points("unrolling", ["regularizers=[{name: unrolling, steps: 3, learning_rate: 0.5}]"], regularizers={"unrolling": (3, 0.5)})
    yield points("packing", ["regularizers=[{name: packing, samples: 4}, {name: r1, weight: 0.5}]"], pack=4, regularizers={"packing": 4, "r1": (0.5, 1)})
    yield images("diff-augment", ["regularizers=[{name: diff_augment}]"], regularizers={"diff_augment": True})

    yield points("fresh-noise", ["update={scheme: alternating, generator_noise: fresh, discriminator_steps: 2}"], fresh_noise=True, discriminator_steps=2)
    yield points("simultaneous", ["update={scheme: simultaneous}", *both], classes=3, update="simultaneous", regularizers={"r1": (0.5, 2), "r2": (0.3, 3)})
    yield points("real-then-fake", ["update={scheme: real_then_fake}"], classes=3, update="real_then_fake")
    yield points("schedule-and-clipping", [
        *(f"{side}_optimizer.{what}" for side in ("generator", "discriminator")
          for what in ("clip_norm=0.05", "schedule={kind: linear, from: 4, to: 14, final: 0.1}"))],
        clip_norm=0.05, schedule=lambda epoch: 0.1 + 0.9 * (1 - min(max((epoch - 4) / 10, 0), 1)))
