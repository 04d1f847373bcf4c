"""The source systems S1 to S7 in plain PyTorch: networks, losses and one training step each, as their rows describe them.

Used by ../quality (a twin to train beside each preset), ../training (steps to time) and scripts/record_trace.py (losses of twenty steps).
Every network takes (input, label); label is ignored where the system has no classes. Discriminators give logits, that of S7 also class logits.
"""
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Callable

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy, one_hot, pad

forward = nullcontext  # what every forward pass and loss is computed in, but no backward pass: nothing, or torch.autocast (bench/training)


class Plain(nn.Module):
    """Layers that never see a label."""

    def __init__(self, *layers):
        super().__init__()
        self.body = nn.Sequential(*layers)

    def forward(self, x, label=None):
        return self.body(x)


class OneHot(Plain):
    """S4: the class as a one-hot vector beside the flat input."""

    def forward(self, x, label):
        return self.body(torch.cat([x.flatten(1), one_hot(label, 10).float()], 1))


class SameConv2d(nn.Module):
    """TensorFlow's padding "same": where the number of zeros is odd, one more lies at the bottom and right."""

    def __init__(self, inputs, outputs, kernel, stride):
        super().__init__()
        self.convolution, self.kernel, self.stride = nn.Conv2d(inputs, outputs, kernel, stride), kernel, stride

    def forward(self, x):
        total = max(0, (-(-x.shape[2] // self.stride) - 1) * self.stride + self.kernel - x.shape[2])
        before, after = total // 2, total - total // 2
        return self.convolution(pad(x, (before, after, before, after)))


class SameConvTranspose2d(nn.Module):
    """The transpose of the convolution above: an image of `stride` times the side."""

    def __init__(self, inputs, outputs, kernel, stride):
        super().__init__()
        self.convolution, self.before, self.stride = nn.ConvTranspose2d(inputs, outputs, kernel, stride), (kernel - stride) // 2, stride

    def forward(self, x):
        height, width = x.shape[2] * self.stride, x.shape[3] * self.stride
        return self.convolution(x)[:, :, self.before:self.before + height, self.before:self.before + width]


class AcganGenerator(nn.Module):
    """S7: the latent times a learned vector of the class."""

    def __init__(self, wide, narrow):
        super().__init__()
        self.table = nn.Embedding(10, 100)
        up = lambda: nn.Upsample(scale_factor=2)
        norm = lambda channels: nn.BatchNorm2d(channels, eps=1e-3, momentum=0.2)
        conv = lambda inputs, outputs: nn.Conv2d(inputs, outputs, 3, padding=1)
        self.body = nn.Sequential(
            nn.Linear(100, wide * 7 * 7), nn.ReLU(), nn.Unflatten(1, (wide, 7, 7)), norm(wide), up(), conv(wide, wide), nn.ReLU(), norm(wide),
            up(), conv(wide, narrow), nn.ReLU(), norm(narrow), conv(narrow, 1), nn.Tanh())

    def forward(self, noise, label):
        return self.body(noise * self.table(label))


class AcganDiscriminator(nn.Module):
    """S7: one head for real or fake, one for the class."""

    def __init__(self, dropout):
        super().__init__()
        layers = []
        for i, (inputs, outputs, stride) in enumerate(((1, 16, 2), (16, 32, 2), (32, 64, 2), (64, 128, 1))):
            layers += [SameConv2d(inputs, outputs, 3, stride)] + ([nn.ZeroPad2d((0, 1, 0, 1))] if i == 1 else [])
            layers += [nn.LeakyReLU(0.2), nn.Dropout(dropout)] + ([nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.2)] if i in (1, 2) else [])
        self.features, self.realness, self.classes = nn.Sequential(*layers, nn.Flatten()), nn.Linear(2048, 1), nn.Linear(2048, 10)

    def forward(self, x, label=None):
        features = self.features(x)
        return self.realness(features), self.classes(features)


def moons():
    return (Plain(nn.Linear(32, 128), nn.ReLU(), nn.Linear(128, 2)), Plain(nn.Linear(2, 128), nn.ReLU(), nn.Linear(128, 1)))


def fashion_mlp(dropout=True):
    g = [layer for a, b in ((100, 64), (64, 128), (128, 256)) for layer in (nn.Linear(a, b), nn.ReLU())]
    d = [layer for a, b, p in ((784, 256, 0.5), (256, 128, 0.3), (128, 64, 0.2)) for layer in (nn.Linear(a, b), nn.LeakyReLU(0.2), nn.Dropout(p * dropout))]
    return Plain(*g, nn.Linear(256, 784), nn.Tanh(), nn.Unflatten(1, (1, 28, 28))), Plain(nn.Flatten(), *d, nn.Linear(64, 1))


def hidden(widths, *norm):
    """Linear and LeakyReLU for each width, with batch norm (eps, momentum) in between after the first."""
    layers = []
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        layers += [nn.Linear(a, b)] + ([nn.BatchNorm1d(b, *norm)] if i > 0 and norm else []) + [nn.LeakyReLU(0.2)]
    return layers


def fashion_bn():
    g = Plain(*hidden((100, 128, 256, 512, 1024), 0.8, 0.9), nn.Linear(1024, 784), nn.Tanh(), nn.Unflatten(1, (1, 28, 28)))
    d = Plain(nn.Flatten(), *hidden((784, 512, 256)), nn.Linear(256, 1))
    keras(g, nn.init.kaiming_uniform_)
    keras(d, nn.init.xavier_uniform_)
    return g, d


def mnist_cgan():
    g = OneHot(*hidden((110, 128, 256, 512), 0.8), nn.Linear(512, 784), nn.Tanh(), nn.Unflatten(1, (1, 28, 28)))
    return g, OneHot(*hidden((794, 512, 256)), nn.Linear(256, 1))


def mnist_dcgan(width=256):
    """width: channels of the generator's first image."""
    a, b, c = width, width // 2, width // 4
    g = Plain(nn.Linear(100, a * 4 * 4), nn.Unflatten(1, (a, 4, 4)), nn.ConvTranspose2d(a, b, 3, 2, 0), nn.BatchNorm2d(b), nn.ReLU(),
              nn.ConvTranspose2d(b, c, 3, 2, 1), nn.BatchNorm2d(c), nn.ReLU(), nn.ConvTranspose2d(c, 1, 4, 2, 2), nn.Tanh())
    d = Plain(nn.Conv2d(1, 16, 3, 2, 1), nn.LeakyReLU(0.2), nn.Conv2d(16, 32, 3, 2, 1), nn.BatchNorm2d(32), nn.LeakyReLU(0.2),
              nn.Conv2d(32, 64, 3, 2, 1), nn.BatchNorm2d(64), nn.LeakyReLU(0.2), nn.Conv2d(64, 128, 4, 1, 0), nn.BatchNorm2d(128), nn.LeakyReLU(0.2),
              nn.Flatten(), nn.Linear(128, 1))
    for layer in [*g.modules(), *d.modules()]:
        if isinstance(layer, (nn.Conv2d, nn.ConvTranspose2d)):
            nn.init.normal_(layer.weight, 0, 0.02)
        elif isinstance(layer, nn.BatchNorm2d):
            nn.init.normal_(layer.weight, 1, 0.02)
    return g, d


def faces_dcgan(width=1024):
    """width: channels of the generator's first image; the discriminator's last has half of it."""
    norm = lambda channels: nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)
    g, d = [nn.Linear(100, width * 4 * 4), nn.Unflatten(1, (width, 4, 4)), norm(width), nn.ReLU()], []
    for i in range(3):
        g += [SameConvTranspose2d(width >> i, width >> i + 1, 5, 2), norm(width >> i + 1), nn.ReLU()]
    for i in range(4):
        d += [SameConv2d(3 if i == 0 else width >> 5 - i, width >> 4 - i, 5, 2), norm(width >> 4 - i), nn.LeakyReLU(0.2)]
    g, d = Plain(*g, SameConvTranspose2d(width >> 3, 3, 5, 2), nn.Tanh()), Plain(*d, nn.Flatten(), nn.Linear((width >> 1) * 16, 2))
    keras(g, nn.init.xavier_uniform_)
    keras(d, nn.init.xavier_uniform_)
    return g, d


def mnist_acgan(dropout=True, wide=128, narrow=64):
    g, d = AcganGenerator(wide, narrow), AcganDiscriminator(0.25 * dropout)
    keras(g, nn.init.xavier_uniform_)
    keras(d, nn.init.xavier_uniform_)
    return g, d


def keras(network, fill):
    for layer in network.modules():
        if isinstance(layer, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
            fill(layer.weight)
            nn.init.zeros_(layer.bias)
        elif isinstance(layer, nn.Embedding):
            nn.init.uniform_(layer.weight, -0.05, 0.05)


def real_or_fake(output, real):
    """S7's output has class logits beside; S6's has two logits, fake and real; the others are one logit of being real."""
    logits = output[0] if isinstance(output, tuple) else output
    if logits.shape[1] == 2:
        return cross_entropy(logits, torch.full((len(logits),), int(real), device=logits.device))
    return binary_cross_entropy_with_logits(logits, torch.full_like(logits, float(real)))


def score(output):
    """Mean probability of being real."""
    logits = output[0] if isinstance(output, tuple) else output
    return (logits.softmax(1)[:, 1] if logits.shape[1] == 2 else logits.sigmoid()).mean()


def step(loss, optimizer):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def simultaneous(g, d, g_adam, d_adam, real, label, noise, fresh):
    """S2, S3, S6: both gradients at the same weights, then both steps."""
    with forward():
        fake = g(noise, label)
        real_output, fake_output = d(real, label), d(fake, label)
        d_loss = real_or_fake(real_output, True) + real_or_fake(fake_output, False)
        g_loss = real_or_fake(fake_output, True)
    d_gradients = torch.autograd.grad(d_loss, list(d.parameters()), retain_graph=True)
    g_gradients = torch.autograd.grad(g_loss, list(g.parameters()))
    for network, adam, gradients in ((d, d_adam, d_gradients), (g, g_adam, g_gradients)):
        for parameter, gradient in zip(network.parameters(), gradients):
            parameter.grad = gradient
        adam.step()
    return d_loss, g_loss, score(real_output), score(fake_output)


def alternating(g, d, g_adam, d_adam, real, label, noise, fresh):
    """S1, S4, S5: D first, then G against the new D, with the same generated batch (S4, S5) or with fresh noise (S1)."""
    with forward():
        fake = g(noise, label)
        real_output, fake_output = d(real, label), d(fake.detach(), label)
        d_loss = real_or_fake(real_output, True) + real_or_fake(fake_output, False)
    step(d_loss, d_adam)
    with forward():
        g_loss = real_or_fake(d(fake if fresh is None else g(fresh, label), label), True)
    step(g_loss, g_adam)
    return d_loss, g_loss, score(real_output), score(fake_output)


def auxiliary(g, d, g_adam, d_adam, real, label, noise, fresh):
    """S7: D steps on the real batch, then on the fake one; then G against the new D with the same noise and labels."""
    with forward():
        fake = g(noise, label)
        real_output = d(real)
        real_loss = real_or_fake(real_output, True) + cross_entropy(real_output[1], label)
    step(real_loss, d_adam)
    with forward():
        fake_output = d(fake.detach())
        fake_loss = real_or_fake(fake_output, False) + cross_entropy(fake_output[1], label)
    step(fake_loss, d_adam)
    with forward():
        output = d(fake)
        g_loss = real_or_fake(output, True) + cross_entropy(output[1], label)
    step(g_loss, g_adam)
    return (real_loss + fake_loss) / 2, g_loss, score(real_output), score(fake_output)


@dataclass(frozen=True)
class System:
    """One row with the source's values."""

    build: Callable
    shape: tuple
    take: Callable = alternating
    latent: int = 100
    batch: int = 128
    batches: int = 1  # that `take` is given in one
    learning_rate: float = 2e-4
    betas: tuple = (0.5, 0.999)
    classes: bool = False
    fresh_noise: bool = False
    data: str = ""
    ema: float = 0


SYSTEMS = {
    "moons-gan": System(moons, (2,), latent=32, batch=50, learning_rate=1e-4, betas=(0.9, 0.999), fresh_noise=True, data="moons"),
    "fashion-mlp-gan": System(fashion_mlp, (1, 28, 28), simultaneous, learning_rate=1e-3, betas=(0.9, 0.999), data="fashion-mnist"),
    "fashion-bn-gan": System(fashion_bn, (1, 28, 28), simultaneous, data="fashion-mnist"),
    "mnist-cgan": System(mnist_cgan, (1, 28, 28), classes=True, data="mnist"),
    "mnist-dcgan": System(mnist_dcgan, (1, 32, 32), data="mnist"),
    "faces-dcgan": System(faces_dcgan, (3, 64, 64), simultaneous, data="folder"),
    "mnist-acgan": System(mnist_acgan, (1, 28, 28), auxiliary, batch=100, classes=True, data="mnist"),
}
