#!/usr/bin/env python3
"""The conditional GAN of models/mnist-cgan.yaml in plain PyTorch, for comparison with `gan train`.

Without flags it uses the source's values (the preset's variant `source`). The preset's own values are

    mnist_cgan.py --label-scale 4 --learning-rate 5e-4 --beta1 0 --beta2 0.99 --r1 1 --r1-every 16 --ema 0.999 ...

It writes samples of balanced classes as IDX files (NAME-images-idx3-ubyte and NAME-labels-idx1-ubyte), in the data's own units, so that one
judge can score both programs' samples. Debian: apt install python3-torch.
"""
import argparse
import copy
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.functional import one_hot, softplus

from idx import read_idx, write_idx

CLASSES, LATENT, PIXELS = 10, 100, 28 * 28


class Generator(nn.Module):
    def __init__(self, label_scale):
        super().__init__()
        self.label_scale = label_scale
        widths, layers = [LATENT + CLASSES, 128, 256, 512], []
        for i in range(3):
            layers.append(nn.Linear(widths[i], widths[i + 1]))
            if i > 0:
                layers.append(nn.BatchNorm1d(widths[i + 1], eps=0.8))
            layers.append(nn.LeakyReLU(0.2))
        self.body = nn.Sequential(*layers, nn.Linear(512, PIXELS), nn.Tanh())

    def forward(self, noise, label):
        return self.body(torch.cat([noise, self.label_scale * one_hot(label, CLASSES)], 1))


class Discriminator(nn.Module):
    def __init__(self, label_scale):
        super().__init__()
        self.label_scale = label_scale
        self.body = nn.Sequential(
            nn.Linear(PIXELS + CLASSES, 512), nn.LeakyReLU(0.2), nn.Linear(512, 256), nn.LeakyReLU(0.2), nn.Linear(256, 1))

    def forward(self, image, label):
        return self.body(torch.cat([image, self.label_scale * one_hot(label, CLASSES)], 1))


def update_average(average, network, decay, step):
    take = 1 - min(decay, (1 + step) / (10 + step))
    for kept, value in zip(average.state_dict().values(), network.state_dict().values()):
        if kept.is_floating_point():
            kept.lerp_(value, take)


def train(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    images = torch.from_numpy(read_idx(options.data / "train-images-idx3-ubyte").reshape(-1, PIXELS) / np.float32(127.5) - 1)
    labels = torch.from_numpy(read_idx(options.data / "train-labels-idx1-ubyte").astype(np.int64))
    g, d = Generator(options.label_scale), Discriminator(options.label_scale)
    average = copy.deepcopy(g).eval()
    betas = (options.beta1, options.beta2)
    g_adam = torch.optim.Adam(g.parameters(), options.learning_rate, betas)
    d_adam = torch.optim.Adam(d.parameters(), options.learning_rate, betas)

    step = 0
    for epoch in range(1, options.epochs + 1):
        start, sums = time.perf_counter(), torch.zeros(2)
        order = torch.randperm(len(images))[: len(images) // options.batch * options.batch]
        for index in order.view(-1, options.batch):
            real, label = images[index], labels[index]
            fake = g(torch.randn(options.batch, LATENT), label)

            d_loss = softplus(-d(real, label)).mean() + softplus(d(fake.detach(), label)).mean()
            penalized = d_loss
            if options.r1 > 0 and step % options.r1_every == 0:
                x = real.clone().requires_grad_(True)
                (gradient,) = torch.autograd.grad(d(x, label).sum(), x, create_graph=True)
                penalized = d_loss + gradient.square().sum() * (options.r1 * options.r1_every / 2 / options.batch)
            d_adam.zero_grad()
            penalized.backward()
            d_adam.step()

            g_loss = softplus(-d(fake, label)).mean()
            g_adam.zero_grad()
            d.requires_grad_(False)
            g_loss.backward()
            d.requires_grad_(True)
            g_adam.step()

            step += 1
            if options.ema > 0:
                with torch.no_grad():
                    update_average(average, g, options.ema, step)
            sums += torch.stack([d_loss.detach(), g_loss.detach()])
        seconds, means = time.perf_counter() - start, sums / len(order) * options.batch
        print(f"epoch {epoch}: d_loss {means[0]:.4f}, g_loss {means[1]:.4f}, {len(order) / seconds:.0f} images/s, {seconds:.1f} s", flush=True)
    return average if options.ema > 0 else g.eval()


def write_samples(generator, options):
    labels = torch.arange(options.samples) % CLASSES
    with torch.no_grad():
        parts = [generator(torch.randn(len(part), LATENT), part) for part in labels.split(1000)]
    pixels = ((torch.cat(parts) + 1) * 127.5).round().to(torch.uint8)
    write_idx(f"{options.out}-images-idx3-ubyte", pixels.view(-1, 28, 28).numpy())
    write_idx(f"{options.out}-labels-idx1-ubyte", labels.to(torch.uint8).numpy())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the four IDX files of MNIST, plain or .gz")
    parser.add_argument("--out", required=True, help="the NAME that the two files of samples start with; may hold a folder")
    parser.add_argument("--samples", type=int, default=10_000)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--label-scale", type=float, default=1)
    parser.add_argument("--learning-rate", type=float, default=2e-4)
    parser.add_argument("--beta1", type=float, default=0.5)
    parser.add_argument("--beta2", type=float, default=0.999)
    parser.add_argument("--r1", type=float, default=0, help="weight of the R1 penalty; 0 for none")
    parser.add_argument("--r1-every", type=int, default=16)
    parser.add_argument("--ema", type=float, default=0, help="decay of the moving average that samples are drawn from; 0 for the last weights")
    options = parser.parse_args()
    write_samples(train(options), options)


if __name__ == "__main__":
    main()
