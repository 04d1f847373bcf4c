#!/usr/bin/env python3
"""CTGAN in plain PyTorch: our own implementation of the paper, to compare with (Xu, Skoularidou, Cuesta-Infante, Veeramachaneni 2019, "Modeling tabular data
using conditional GAN").

    bench/reference/ctgan.py adult.csv --label class --epochs 2 --threads 1

trains and says seconds an epoch; with --rows N --out FILE it writes N rows, classes as frequent as in the table. The paper's section is named beside each part.
What the paper leaves open is as in its authors' code (10 modes at most, those of weight below 0.005 dropped, weight decay 1e-6), except that batch
normalisation is in evaluation mode while sampling, and the condition reaches the network: a row of a class is asked for by the condition, and rows whose class
column says another class are drawn again.
"""
import argparse
import csv
import time
import warnings

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import BayesianGaussianMixture
from torch import nn
from torch.nn import functional as F

BATCH, NOISE, WIDTH, PACK, TEMPERATURE = 500, 128, 256, 10, 0.2
REDRAWS = 50


class Numbers:
    """Section 4.2: a number is a mode, drawn by how likely it made the number, and where in the mode it lies, in units of four deviations."""

    def __init__(self, texts, random):
        values = np.array([float(t) for t in texts])
        self.decimals = max((len(t.partition(".")[2]) for t in texts if "e" not in t.lower()), default=0)
        self.least, self.most = values.min(), values.max()
        modes = min(10, len(np.unique(values)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            self.mixture = BayesianGaussianMixture(n_components=modes, weight_concentration_prior_type="dirichlet_process", weight_concentration_prior=0.001,
                                                   random_state=0).fit(values[:, None])
        self.kept = np.flatnonzero(self.mixture.weights_ > 0.005)
        self.centers, self.deviations = self.mixture.means_.ravel()[self.kept], np.sqrt(self.mixture.covariances_).ravel()[self.kept]
        likely = self.mixture.predict_proba(values[:, None])[:, self.kept] + 1e-6
        likely = likely.cumsum(axis=1) / likely.sum(axis=1, keepdims=True)
        self.mode = np.minimum((random.random((len(values), 1)) > likely).sum(axis=1), len(self.kept) - 1)
        self.scalar = np.clip((values - self.centers[self.mode]) / (4 * self.deviations[self.mode]), -0.99, 0.99)
        self.width = 1 + len(self.kept)

    def encoded(self):
        return np.concatenate([self.scalar[:, None], np.eye(len(self.kept))[self.mode]], axis=1)

    def decode(self, code):
        mode = code[:, 1:].argmax(axis=1)
        values = np.clip(code[:, 0] * 4 * self.deviations[mode] + self.centers[mode], self.least, self.most)
        return [f"{v:.{self.decimals}f}" for v in values]


class Categories:
    """One-hot."""

    def __init__(self, texts):
        self.values, self.index = np.unique(texts, return_inverse=True)
        self.width = len(self.values)

    def encoded(self):
        return np.eye(self.width)[self.index]

    def decode(self, code):
        return list(self.values[code.argmax(axis=1)])


class Residual(nn.Module):
    """Section 4.4: a layer that hands on its input too."""

    def __init__(self, width):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(width, WIDTH), nn.BatchNorm1d(WIDTH), nn.ReLU())

    def forward(self, x):
        return torch.cat([self.layers(x), x], 1)


class Ctgan:
    """A CTGAN of a table of text, trained."""

    def __init__(self, header, rows, label, numeric, epochs=300, seed=1, progress=None):
        torch.manual_seed(seed)
        random = np.random.default_rng(seed)
        columns = list(zip(*rows))
        self.codes = [Numbers(c, random) if i in numeric and i != label else Categories(c) for i, c in enumerate(columns)]
        self.header, self.label = header, label
        data = torch.tensor(np.concatenate([c.encoded() for c in self.codes], axis=1), dtype=torch.float32)
        self.starts = np.cumsum([0] + [c.width for c in self.codes])
        self.discrete = [i for i, c in enumerate(self.codes) if isinstance(c, Categories)]
        widths = [self.codes[i].width for i in self.discrete]
        self.conditions = np.cumsum([0] + widths)
        total = int(self.conditions[-1])
        self.generator = nn.Sequential(Residual(NOISE + total), Residual(NOISE + total + WIDTH), nn.Linear(NOISE + total + 2 * WIDTH, data.shape[1]))
        critic = nn.Sequential(nn.Linear(PACK * (data.shape[1] + total), WIDTH), nn.LeakyReLU(0.2), nn.Dropout(0.5), nn.Linear(WIDTH, WIDTH), nn.LeakyReLU(0.2),
                               nn.Dropout(0.5), nn.Linear(WIDTH, 1))
        g_adam, c_adam = (torch.optim.Adam(n.parameters(), 2e-4, (0.5, 0.9), weight_decay=1e-6) for n in (self.generator, critic))
        # Section 4.3, training by sampling: a discrete column, one of its values as likely as the logarithm of its frequency, and a row that has it.
        counts = [np.bincount(self.codes[i].index, minlength=self.codes[i].width) for i in self.discrete]
        likely = [np.log(n + 1).cumsum() / np.log(n + 1).sum() for n in counts]
        order, first = [np.argsort(self.codes[i].index, kind="stable") for i in self.discrete], [np.cumsum(n) - n for n in counts]

        def draw():
            column, u = random.integers(len(self.discrete), size=BATCH), random.random((BATCH, 2))
            value, row = np.empty(BATCH, int), np.empty(BATCH, int)
            for k in range(len(self.discrete)):
                own = column == k
                value[own] = np.minimum(np.searchsorted(likely[k], u[own, 0]), widths[k] - 1)
                row[own] = order[k][first[k][value[own]] + (u[own, 1] * counts[k][value[own]]).astype(int)]
            return column, value, data[torch.from_numpy(row)]

        for epoch in range(epochs):
            begin = time.time()
            for _ in range(max(1, len(rows) // BATCH)):
                column, value, real = draw()
                condition = self.condition(column, value)
                fake = self.activated(self.generator(torch.cat([torch.randn(BATCH, NOISE), condition], 1))[0:BATCH])
                shuffled = torch.randperm(BATCH)
                x_real, x_fake = torch.cat([real, condition], 1)[shuffled], torch.cat([fake.detach(), condition], 1)
                packed_real, packed_fake = x_real.view(BATCH // PACK, -1), x_fake.view(BATCH // PACK, -1)
                part = torch.rand(BATCH // PACK, 1)
                between = (part * packed_real + (1 - part) * packed_fake).requires_grad_(True)
                slope, = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
                loss = critic(packed_fake).mean() - critic(packed_real).mean() + 10 * ((slope.norm(dim=1) - 1) ** 2).mean()
                c_adam.zero_grad()
                loss.backward()
                c_adam.step()

                logits = self.generator(torch.cat([torch.randn(BATCH, NOISE), condition], 1))
                fake = self.activated(logits)
                loss = -critic(torch.cat([fake, condition], 1).view(BATCH // PACK, -1)).mean() + self.class_loss(logits, column, value)
                g_adam.zero_grad()
                loss.backward()
                g_adam.step()
            if progress:
                progress(epoch, time.time() - begin)
        self.generator.eval()

    def condition(self, column, value):
        vector = torch.zeros(len(column), int(self.conditions[-1]))
        vector[torch.arange(len(column)), torch.from_numpy(self.conditions[column] + value)] = 1
        return vector

    def activated(self, output):
        parts = []
        for i, code in enumerate(self.codes):
            part = output[:, self.starts[i]:self.starts[i + 1]]
            if isinstance(code, Numbers):
                parts += [part[:, :1].tanh(), F.gumbel_softmax(part[:, 1:], TEMPERATURE)]
            else:
                parts.append(F.gumbel_softmax(part, TEMPERATURE))
        return torch.cat(parts, 1)

    def class_loss(self, output, column, value):
        """Section 4.3: cross-entropy between the value that was asked for and the one that was made."""
        total = 0
        for k, i in enumerate(self.discrete):
            own = torch.from_numpy(np.flatnonzero(column == k))
            total = total + F.cross_entropy(output[own, self.starts[i]:self.starts[i + 1]], torch.from_numpy(value[own.numpy()]), reduction="sum")
        return total / len(column)

    @torch.no_grad()
    def draw(self, name, count):
        """Rows whose condition asks for a class."""
        column = np.full(count, self.discrete.index(self.label))
        value = np.full(count, list(self.codes[self.label].values).index(name))
        made = self.activated(self.generator(torch.cat([torch.randn(count, NOISE), self.condition(column, value)], 1))).numpy()
        return list(zip(*(c.decode(made[:, self.starts[i]:self.starts[i + 1]]) for i, c in enumerate(self.codes))))

    def rows(self, counts, seed):
        """So many rows of each class; after REDRAWS tries the rows that still say another class are taken, as the class that was asked for."""
        torch.manual_seed(seed)
        rows = []
        for name, count in counts.items():
            found = []
            for last in [False] * REDRAWS + [True]:
                if len(found) < count:
                    drawn = self.draw(name, max(count - len(found), 20))
                    found += [r[:self.label] + (name,) + r[self.label + 1:] for r in drawn if last or r[self.label] == name]
            rows += found[:count]
        return rows


def is_number(text):
    try:
        float(text)
        return True
    except ValueError:
        return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table")
    parser.add_argument("--label", default="class")
    parser.add_argument("--epochs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--out")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    with open(options.table, newline="", encoding="utf-8") as file:
        header, *rows = [tuple(r) for r in csv.reader(file)]
    numeric = [i for i, column in enumerate(zip(*rows)) if all(is_number(v) for v in column)]
    begin, seconds = time.time(), []
    model = Ctgan(header, rows, header.index(options.label), numeric, options.epochs, options.seed, lambda epoch, took: seconds.append(took))
    if options.rows:
        names, counts = np.unique([r[model.label] for r in rows], return_counts=True)
        with open(options.out, "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(header)
            out.writerows(model.rows({n: round(options.rows * c / len(rows)) for n, c in zip(names, counts)}, options.seed))
    print(f"{time.time() - begin - sum(seconds):.1f} s before and after, {np.median(seconds):.2f} s an epoch ({len(rows) // BATCH} steps)")


if __name__ == "__main__":
    main()
