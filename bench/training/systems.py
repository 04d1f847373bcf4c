"""The systems S1 to S7 in plain PyTorch, as one would write them: modules, torch.optim.Adam, eager mode. Each gives a function that takes one whole step.

Data are random: the time of a step does not depend on what the pixels show. As in the product, the data set lies in memory in its own type (bytes for images) and a step picks
its batch, converts it and draws its noise.
"""
import torch
import torch.nn.functional as F
from torch import nn


def bce(logits, target):
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, target))


def adam(module, rate, betas=(0.9, 0.999)):
    return torch.optim.Adam(module.parameters(), rate, betas)


class Batches:
    """Random images of a shape (or 2-D points) with labels; a step asks for a batch of them."""

    def __init__(self, shape, batch, count=10000):
        self.images = torch.randint(0, 256, (count, *shape), dtype=torch.uint8) if len(shape) == 3 else torch.randn(count, *shape)
        self.labels = torch.randint(0, 10, (count,))
        self.batch = batch

    def __call__(self):
        index = torch.randint(0, len(self.images), (self.batch,))
        chosen = self.images.index_select(0, index)
        return (chosen.float().sub_(127.5).mul_(1 / 127.5) if chosen.dtype == torch.uint8 else chosen), self.labels.index_select(0, index)


def alternating(g, d, optimizers, batches, latent, fresh_noise):
    """D on real and fake, then G against the D that has just stepped, on D's fake batch or on fresh noise."""
    to_g, to_d = optimizers

    def step():
        real, _ = batches()
        fake = g(torch.randn(len(real), latent))
        to_d.zero_grad()
        loss = bce(d(real), 1.0) + bce(d(fake.detach()), 0.0)
        loss.backward()
        to_d.step()
        if fresh_noise:
            fake = g(torch.randn(len(real), latent))
        to_g.zero_grad()
        loss = bce(d(fake), 1.0)
        loss.backward()
        to_g.step()

    return step


def simultaneous(g, d, optimizers, batches, latent, losses):
    """One pass of G and of D on both batches; both gradients at the same weights, then both optimisers step."""
    to_g, to_d = optimizers

    def step():
        real, _ = batches()
        fake = g(torch.randn(len(real), latent))
        real_logits, fake_logits = d(real), d(fake)
        d_loss, g_loss = losses(real_logits, fake_logits)
        to_d.zero_grad()
        to_g.zero_grad()
        d_gradients = torch.autograd.grad(d_loss, list(d.parameters()), retain_graph=True)
        g_gradients = torch.autograd.grad(g_loss, list(g.parameters()))
        for parameters, gradients in ((d.parameters(), d_gradients), (g.parameters(), g_gradients)):
            for parameter, gradient in zip(parameters, gradients):
                parameter.grad = gradient
        to_d.step()
        to_g.step()

    return step


def log_losses(real, fake):
    return bce(real, 1.0) + bce(fake, 0.0), bce(fake, 1.0)


def softmax_losses(real, fake):
    is_real, is_fake = torch.ones(len(real), dtype=torch.long), torch.zeros(len(fake), dtype=torch.long)
    return F.cross_entropy(real, is_real) + F.cross_entropy(fake, is_fake), F.cross_entropy(fake, is_real)


def moons_gan(batch):
    g = nn.Sequential(nn.Linear(32, 128), nn.ReLU(), nn.Linear(128, 2))
    d = nn.Sequential(nn.Linear(2, 128), nn.ReLU(), nn.Linear(128, 1))
    return alternating(g, d, (adam(g, 1e-3), adam(d, 1e-3)), Batches((2,), batch), 32, fresh_noise=True)


def fashion_mlp_gan(batch):
    g = nn.Sequential(nn.Linear(100, 64), nn.ReLU(), nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 256), nn.ReLU(), nn.Linear(256, 784), nn.Tanh(), nn.Unflatten(1, (1, 28, 28)))
    layers = [nn.Flatten()]
    for i, o, p in ((784, 256, 0.5), (256, 128, 0.3), (128, 64, 0.2)):
        layers += [nn.Linear(i, o), nn.LeakyReLU(0.2), nn.Dropout(p)]
    d = nn.Sequential(*layers, nn.Linear(64, 1))
    return simultaneous(g, d, (adam(g, 1e-3), adam(d, 1e-3)), Batches((1, 28, 28), batch), 100, log_losses)


def fashion_bn_gan(batch):
    layers = [nn.Linear(100, 128), nn.LeakyReLU(0.2)]
    for i, o in ((128, 256), (256, 512), (512, 1024)):
        layers += [nn.Linear(i, o), nn.BatchNorm1d(o, eps=0.8, momentum=0.9), nn.LeakyReLU(0.2)]
    g = nn.Sequential(*layers, nn.Linear(1024, 784), nn.Tanh(), nn.Unflatten(1, (1, 28, 28)))
    d = nn.Sequential(nn.Flatten(), nn.Linear(784, 512), nn.LeakyReLU(0.2), nn.Linear(512, 256), nn.LeakyReLU(0.2), nn.Linear(256, 1))
    return simultaneous(g, d, (adam(g, 2e-4), adam(d, 2e-4)), Batches((1, 28, 28), batch), 100, log_losses)


def mnist_cgan(batch):
    layers = [nn.Linear(110, 128), nn.LeakyReLU(0.2)]
    for i, o in ((128, 256), (256, 512)):
        layers += [nn.Linear(i, o), nn.BatchNorm1d(o, 0.8), nn.LeakyReLU(0.2)]
    g = nn.Sequential(*layers, nn.Linear(512, 784), nn.Tanh())
    d = nn.Sequential(nn.Linear(794, 512), nn.LeakyReLU(0.2), nn.Linear(512, 256), nn.LeakyReLU(0.2), nn.Linear(256, 1))
    to_g, to_d, batches = adam(g, 2e-4, (0.5, 0.999)), adam(d, 2e-4, (0.5, 0.999)), Batches((1, 28, 28), batch)

    def step():
        real, label = batches()
        hot = F.one_hot(label, 10).float()
        fake = g(torch.cat((torch.randn(len(real), 100), hot), 1))
        to_d.zero_grad()
        loss = bce(d(torch.cat((real.flatten(1), hot), 1)), 1.0) + bce(d(torch.cat((fake.detach(), hot), 1)), 0.0)
        loss.backward()
        to_d.step()
        to_g.zero_grad()
        loss = bce(d(torch.cat((fake, hot), 1)), 1.0)
        loss.backward()
        to_g.step()

    return step


def mnist_dcgan(batch):
    g = nn.Sequential(
        nn.Linear(100, 4096), nn.Unflatten(1, (256, 4, 4)), nn.ConvTranspose2d(256, 128, 3, 2, 0), nn.BatchNorm2d(128), nn.ReLU(),
        nn.ConvTranspose2d(128, 64, 3, 2, 1), nn.BatchNorm2d(64), nn.ReLU(), nn.ConvTranspose2d(64, 1, 4, 2, 2), nn.Tanh())
    layers = [nn.Conv2d(1, 16, 3, 2, 1), nn.LeakyReLU(0.2)]
    for i, o, k, s, p in ((16, 32, 3, 2, 1), (32, 64, 3, 2, 1), (64, 128, 4, 1, 0)):
        layers += [nn.Conv2d(i, o, k, s, p), nn.BatchNorm2d(o), nn.LeakyReLU(0.2)]
    d = nn.Sequential(*layers, nn.Flatten(), nn.Linear(128, 1))
    return alternating(g, d, (adam(g, 2e-4, (0.5, 0.999)), adam(d, 2e-4, (0.5, 0.999))), Batches((1, 32, 32), batch), 100, fresh_noise=False)


class SameTransposed(nn.Module):
    """TensorFlow's "same" transposed convolution of kernel 5 and stride 2: the whole result, 2 rows and columns longer on one side, cut to twice the size."""

    def __init__(self, i, o):
        super().__init__()
        self.convolution = nn.ConvTranspose2d(i, o, 5, 2, 1)

    def forward(self, x):
        return self.convolution(x)[:, :, : 2 * x.shape[2], : 2 * x.shape[3]]


def same(i, o):
    return nn.Sequential(nn.ZeroPad2d((1, 2, 1, 2)), nn.Conv2d(i, o, 5, 2))


def faces_dcgan(batch):
    layers = [nn.Linear(100, 16384), nn.Unflatten(1, (1024, 4, 4)), nn.BatchNorm2d(1024), nn.ReLU()]
    for i, o in ((1024, 512), (512, 256), (256, 128)):
        layers += [SameTransposed(i, o), nn.BatchNorm2d(o), nn.ReLU()]
    g = nn.Sequential(*layers, SameTransposed(128, 3), nn.Tanh())
    layers = []
    for i, o in ((3, 64), (64, 128), (128, 256), (256, 512)):
        layers += [same(i, o), nn.BatchNorm2d(o), nn.LeakyReLU(0.2)]
    d = nn.Sequential(*layers, nn.Flatten(), nn.Linear(8192, 2))
    return simultaneous(g, d, (adam(g, 2e-4, (0.5, 0.999)), adam(d, 2e-4, (0.5, 0.999))), Batches((3, 64, 64), batch, 1000), 100, softmax_losses)


class AuxiliaryGenerator(nn.Module):
    def __init__(self):
        super().__init__()
        self.classes = nn.Embedding(10, 100)
        self.body = nn.Sequential(
            nn.Linear(100, 6272), nn.ReLU(), nn.Unflatten(1, (128, 7, 7)), nn.BatchNorm2d(128, momentum=0.2),
            nn.Upsample(scale_factor=2), nn.Conv2d(128, 128, 3, 1, 1), nn.ReLU(), nn.BatchNorm2d(128, momentum=0.2),
            nn.Upsample(scale_factor=2), nn.Conv2d(128, 64, 3, 1, 1), nn.ReLU(), nn.BatchNorm2d(64, momentum=0.2), nn.Conv2d(64, 1, 3, 1, 1), nn.Tanh())

    def forward(self, noise, label):
        return self.body(noise * self.classes(label))


class AuxiliaryDiscriminator(nn.Module):
    def __init__(self):
        super().__init__()

        def block(i, o, stride, norm):
            return [nn.Conv2d(i, o, 3, stride, 1), nn.LeakyReLU(0.2), nn.Dropout(0.25)] + ([nn.BatchNorm2d(o, momentum=0.2)] if norm else [])

        self.body = nn.Sequential(
            *block(1, 16, 2, False), nn.Conv2d(16, 32, 3, 2, 1), nn.ZeroPad2d((0, 1, 0, 1)), nn.LeakyReLU(0.2), nn.Dropout(0.25), nn.BatchNorm2d(32, momentum=0.2),
            *block(32, 64, 2, True), *block(64, 128, 1, False), nn.Flatten())
        self.validity, self.classes = nn.Linear(2048, 1), nn.Linear(2048, 10)

    def forward(self, x):
        features = self.body(x)
        return self.validity(features), self.classes(features)


def mnist_acgan(batch):
    g, d, batches = AuxiliaryGenerator(), AuxiliaryDiscriminator(), Batches((1, 28, 28), batch)
    to_g, to_d = adam(g, 2e-4, (0.5, 0.999)), adam(d, 2e-4, (0.5, 0.999))

    def d_step(x, target, label):
        to_d.zero_grad()
        validity, classes = d(x)
        loss = bce(validity, target) + F.cross_entropy(classes, label)
        loss.backward()
        to_d.step()

    def step():
        real, label = batches()
        noise = torch.randn(len(real), 100)
        with torch.no_grad():
            fake = g(noise, label)
        d_step(real, 1.0, label)
        d_step(fake, 0.0, label)
        to_g.zero_grad()
        validity, classes = d(g(noise, label))
        loss = bce(validity, 1.0) + F.cross_entropy(classes, label)
        loss.backward()
        to_g.step()

    return step


SYSTEMS = {
    "moons-gan": moons_gan, "fashion-mlp-gan": fashion_mlp_gan, "fashion-bn-gan": fashion_bn_gan, "mnist-cgan": mnist_cgan,
    "mnist-dcgan": mnist_dcgan, "faces-dcgan": faces_dcgan, "mnist-acgan": mnist_acgan,
}
