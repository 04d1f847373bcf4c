"""The three modern presets in plain PyTorch: a projection cGAN, a residual Wasserstein GAN with gradient penalty, and a pair in the manner of R3GAN.

Written as systems.py writes the source systems: modules, autograd, torch.optim.Adam, eager mode. The values are those of models/*.yaml.
"""
import math

import torch
from torch import nn
from torch.nn.functional import softplus

import systems
from systems import Plain, System, real_or_fake, score, step


class ClassNorm(nn.Module):
    """Batch norm with a weight and a bias of each class."""

    def __init__(self, channels):
        super().__init__()
        self.norm, self.weight, self.bias = nn.BatchNorm2d(channels, affine=False), nn.Embedding(10, channels), nn.Embedding(10, channels)
        nn.init.ones_(self.weight.weight)
        nn.init.zeros_(self.bias.weight)

    def forward(self, x, label):
        return self.norm(x) * self.weight(label)[:, :, None, None] + self.bias(label)[:, :, None, None]


class PlainNorm(nn.BatchNorm2d):
    def forward(self, x, label):
        return super().forward(x)


class UpBlock(nn.Module):
    def __init__(self, inputs, outputs, norm):
        super().__init__()
        self.up = nn.Upsample(scale_factor=2)
        self.first, self.wide = norm(inputs), nn.Conv2d(inputs, outputs, 3, padding=1)
        self.second, self.deep = norm(outputs), nn.Conv2d(outputs, outputs, 3, padding=1)
        self.shortcut = nn.Conv2d(inputs, outputs, 1)

    def forward(self, x, label):
        inside = self.wide(self.up(self.first(x, label).relu()))
        return self.up(self.shortcut(x)) + self.deep(self.second(inside, label).relu())


class ResnetGenerator(nn.Module):
    """Linear to 7 x 7, two blocks that double the side, batch norm, convolution, tanh."""

    def __init__(self, latent, channels, norm):
        super().__init__()
        self.start = nn.Sequential(nn.Linear(latent, channels[0] * 49), nn.Unflatten(1, (channels[0], 7, 7)))
        self.blocks = nn.ModuleList(UpBlock(a, b, norm) for a, b in zip(channels, channels[1:]))
        self.end = nn.Sequential(nn.BatchNorm2d(channels[-1]), nn.ReLU(), nn.Conv2d(channels[-1], 1, 3, padding=1), nn.Tanh())

    def forward(self, noise, label):
        x = self.start(noise)
        for block in self.blocks:
            x = block(x, label)
        return self.end(x)


class DownBlock(nn.Module):
    def __init__(self, inputs, outputs, first, halves):
        super().__init__()
        layers = ([] if first else [nn.ReLU()]) + [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(), nn.Conv2d(outputs, outputs, 3, padding=1)]
        self.body = nn.Sequential(*layers, *[nn.AvgPool2d(2)] * halves)
        self.shortcut = nn.Sequential(*[nn.AvgPool2d(2)] * halves, *[nn.Conv2d(inputs, outputs, 1)] * (inputs != outputs))

    def forward(self, x):
        return self.shortcut(x) + self.body(x)


class Critic(nn.Module):
    """Features, and a linear layer to the logit; with classes the inner product with the class's vector on top."""

    def __init__(self, features, width, classes):
        super().__init__()
        self.features, self.table, self.linear = features, nn.Embedding(10, width) if classes else None, nn.Linear(width, 1)
        if classes:
            nn.init.normal_(self.table.weight, 0, 1 / math.sqrt(3 * width))

    def forward(self, x, label=None):
        features = self.features(x)
        logit = self.linear(features)
        return logit if self.table is None else logit + (self.table(label) * features).sum(1, keepdim=True)


class PixelSum(nn.Module):
    def forward(self, x):
        return x.sum((2, 3))


def resnet_critic(channels, classes):
    blocks = [DownBlock(a, b, first=i == 0, halves=i < 2) for i, (a, b) in enumerate(zip([1, *channels], channels))]
    return Critic(nn.Sequential(*blocks, nn.ReLU(), PixelSum()), channels[-1], classes)


def he_uniform(*networks):
    for layer in (layer for network in networks for layer in network.modules()):
        if isinstance(layer, (nn.Linear, nn.Conv2d)):
            nn.init.kaiming_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
    return networks


def projection(up=(64, 32, 16), down=(32, 64, 64)):
    return he_uniform(ResnetGenerator(64, up, ClassNorm), resnet_critic(down, classes=True))


def wasserstein(up=(64, 32, 16)):
    return he_uniform(ResnetGenerator(64, up, PlainNorm), resnet_critic(up[::-1], classes=False))


SLOPE, EXPANSION = 0.2, 2


def scaled(inputs, outputs, kernel, groups=1, gain=1.0):
    layer = nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, groups=groups)
    nn.init.normal_(layer.weight, 0, gain / math.sqrt(inputs // groups * kernel * kernel))
    nn.init.zeros_(layer.bias)
    return layer


class FixupBlock(nn.Module):
    """1 x 1, grouped 3 x 3 and 1 x 1 convolutions; begins as the identity."""

    def __init__(self, channels, blocks, group):
        super().__init__()
        inside, gain = channels * EXPANSION, math.sqrt(2 / (1 + SLOPE ** 2)) * blocks ** -0.25
        self.body = nn.Sequential(scaled(channels, inside, 1, gain=gain), nn.LeakyReLU(SLOPE),
                                  scaled(inside, inside, 3, inside // group, gain), nn.LeakyReLU(SLOPE),
                                  scaled(inside, channels, 1, gain=0))

    def forward(self, x):
        return x + self.body(x)


def r3gan(channels=(64, 32, 16), group=16):
    up, down = [nn.Linear(64, channels[0] * 49), nn.Unflatten(1, (channels[0], 7, 7))], [scaled(1, channels[-1], 1)]
    for i, width in enumerate(channels):
        up += ([scaled(channels[i - 1], width, 1), nn.Upsample(scale_factor=2)] if i else []) + [FixupBlock(width, len(channels), group)]
    for i, width in enumerate(reversed(channels)):
        down += ([nn.AvgPool2d(2), scaled(channels[-i], width, 1)] if i else []) + [FixupBlock(width, len(channels), group)]
    down += [nn.Conv2d(channels[0], channels[0], 7, groups=channels[0], bias=False), nn.Flatten()]
    return Plain(*up, scaled(channels[-1], 1, 3), nn.Tanh()), Critic(nn.Sequential(*down), channels[0], classes=False)


def slope(d, x, label):
    """The gradient of D's logits in x, [N, numbers of a sample], with its graph."""
    with systems.forward():
        logits = d(x, label).sum()
    return torch.autograd.grad(logits, x, create_graph=True)[0].flatten(1)


def slope_penalty(d, x, label, weight):
    return weight / 2 * slope(d, x.detach().requires_grad_(), label).square().sum(1).mean()


class LazyPenalty:
    """D, then G, with penalties on D's slope at every fourth step, four times as heavy."""

    EVERY = 4

    def __init__(self, d_loss, g_loss, on_fake):
        self.d_loss, self.g_loss, self.on_fake, self.steps = d_loss, g_loss, on_fake, 0

    def __call__(self, g, d, g_adam, d_adam, real, label, noise, fresh):
        with systems.forward():
            fake = g(noise, label)
            on_real, on_fake = d(real, label), d(fake.detach(), label)
            loss = penalised = self.d_loss(on_real, on_fake)
        if self.steps % self.EVERY == 0:
            penalised = loss + slope_penalty(d, real, label, self.EVERY)
            if self.on_fake:
                penalised = penalised + slope_penalty(d, fake, label, self.EVERY)
        self.steps += 1
        step(penalised, d_adam)
        with systems.forward():
            g_loss = self.g_loss(lambda: d(real, label), d(fake, label))
        step(g_loss, g_adam)
        return loss, g_loss, score(on_real), score(on_fake)


def wasserstein_step(g, d, g_adam, d_adam, real, label, noise, fresh):
    """Three steps of D with the gradient penalty, each on a third of the batch, then one of G on new noise."""
    for x, z in zip(real.chunk(3), noise.chunk(3)):
        with systems.forward():
            with torch.no_grad():
                fake = g(z, None)
            on_real, on_fake = d(x), d(fake)
            loss = (on_fake - on_real).mean()
        between = (x + torch.rand(len(x), 1, 1, 1, device=x.device) * (fake - x)).requires_grad_()
        step(loss + 10 * ((slope(d, between, None).square().sum(1) + 1e-12).sqrt() - 1).square().mean(), d_adam)
    with systems.forward():
        g_loss = -d(g(fresh[:len(real) // 3], None)).mean()
    step(g_loss, g_adam)
    return loss, g_loss, on_real.mean(), on_fake.mean()


def logistic():
    return LazyPenalty(lambda real, fake: real_or_fake(real, True) + real_or_fake(fake, False), lambda real, fake: real_or_fake(fake, True), on_fake=False)


def relativistic():
    return LazyPenalty(lambda real, fake: softplus(fake - real).mean(), lambda real, fake: softplus(real() - fake).mean(), on_fake=True)


SHAPE = (1, 28, 28)
MODERN = {
    "mnist-projection-cgan": System(projection, SHAPE, logistic(), latent=64, batch=64, learning_rate=5e-4, betas=(0.0, 0.99), classes=True, data="mnist",
                                    ema=0.999),
    "fashion-resnet-wgan": System(wasserstein, SHAPE, wasserstein_step, latent=64, batch=64, batches=3, learning_rate=5e-4, betas=(0.0, 0.9),
                                  fresh_noise=True, data="fashion-mnist", ema=0.999),
    "fashion-r3gan": System(r3gan, SHAPE, relativistic(), latent=64, batch=64, learning_rate=1e-3, betas=(0.0, 0.99), data="fashion-mnist", ema=0.999),
}
