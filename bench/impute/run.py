#!/usr/bin/env python3
"""Imputing: a fifth of the cells of real tables hidden at random; ours against scikit-learn's iterated forests and nearest neighbours.

Usage: scripts/bench.sh impute [--sets yeast,adult:2000] [--seeds 1,2,3] [--out bench.csv] [--draws 19]

The protocol of published comparisons (Yoon et al. 2018; Jarrett et al. 2022, "HyperImpute"): each cell is hidden with a chance of .2, independently of all
others; the class stays, and every method sees the same table. Figures are means over the columns: of the mean absolute error of numbers, whose range is
scaled to 0..1, and of the share of categories that are right. SET:ROWS takes so many rows, drawn once. scikit-learn's forests are IterativeImputer over
RandomForestRegressor, both with their defaults (10 rounds, 100 trees), categories as one-hot columns of which the largest counts; its neighbours are
KNNImputer's 5 on standardised numbers and one-hot columns over sqrt(2), so that a mismatch counts 1. 'covered' is the share of hidden numbers that lie between
the smallest and the largest of 19 imputations: .9 if they are spread as the truth is, more where a column has few values. Seconds are of the processors'
time, 'gan's with all that it measures by the way. Needs scikit-learn and the tables in ../shared/data/tables, or in GAN_DATA's folder tables.
"""
import argparse
import csv
import os
import random
import re
import resource
import subprocess
import tempfile
import time
import warnings

import numpy as np
from sklearn.ensemble import RandomForestRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.impute import IterativeImputer, KNNImputer

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.environ.get("GAN_DATA", os.path.join(ROOT, "..", "shared", "data"))
RATE = 0.2
OURS = ["forest", "gain", "neighbours", "mean"]


def read(path):
    with open(path, newline="", encoding="utf-8") as f:
        header, *rows = csv.reader(f)
    return header, np.array(rows, dtype=object)


def is_number(column):
    try:
        [float(c) for c in column if c != ""]
        return True
    except ValueError:
        return False


class Holes:
    """A table, and the same with a part of its cells hidden."""

    def __init__(self, name, rows, seed):
        self.header, self.truth = read(os.path.join(DATA, "tables", name + ".csv"))
        if rows:
            order = list(range(len(self.truth)))
            random.Random(0).shuffle(order)
            self.truth = self.truth[order[:rows]]
        draw = np.random.default_rng(seed).random(self.truth.shape) < RATE
        draw[:, -1] = False  # the class
        self.hidden = draw & (self.truth != "")
        self.given = np.where(self.hidden, "", self.truth)
        self.numbers = [is_number(column) for column in self.truth.T]

    def write(self, path):
        with open(path, "w", newline="", encoding="utf-8") as f:
            csv.writer(f, lineterminator="\n").writerows([self.header, *self.given])

    def check(self, filled):
        assert (filled[self.given != ""] == self.given[self.given != ""]).all(), "a known cell was changed"
        assert not (filled[self.hidden] == "").any(), "a cell was left empty"

    def places(self):
        """Columns in which cells are hidden and differ: name, whether they are numbers, rows, truth, and what the numbers' range is."""
        for k, number in enumerate(self.numbers):
            rows = self.hidden[:, k]
            if not rows.any():
                continue
            if number:
                known = self.truth[self.truth[:, k] != "", k].astype(float)
                if known.max() > known.min():
                    yield k, True, rows, self.truth[rows, k].astype(float), known.max() - known.min()
            else:
                yield k, False, rows, self.truth[rows, k], None

    def score(self, filled):
        errors, right = [], []
        for k, number, rows, truth, span in self.places():
            if number:
                errors.append(np.abs(filled[rows, k].astype(float) - truth).mean() / span)
            else:
                right.append((filled[rows, k] == truth).mean())
        return tuple(float(np.mean(v)) if v else None for v in (errors, right))

    def covered(self, draws):
        shares = []
        for k, number, rows, truth, _ in self.places():
            if number:
                values = np.array([d[rows, k].astype(float) for d in draws])
                shares.append(((truth >= values.min(0)) & (truth <= values.max(0))).mean())
        return float(np.mean(shares)) if shares else None

    def by_scikit_learn(self, imputer):
        blocks, places = [], []
        for k, number in enumerate(self.numbers):
            known = self.given[:, k] != ""
            if number:
                x = np.full((len(self.given), 1), np.nan)
                x[known, 0] = self.given[known, k].astype(float)
                mean, deviation = np.nanmean(x), np.nanstd(x) or 1
                blocks.append((x - mean) / deviation)
                places.append((mean, deviation))
            else:
                values = np.array(sorted(set(self.given[known, k])), dtype=object)
                x = np.full((len(self.given), len(values)), np.nan)
                x[known] = (self.given[known, k][:, None] == values[None, :]) / np.sqrt(2)
                blocks.append(x)
                places.append(values)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it ends after ten rounds
            matrix = imputer.fit_transform(np.hstack(blocks))
        filled, at = self.given.copy(), 0
        for k, number in enumerate(self.numbers):
            width, rows = blocks[k].shape[1], self.given[:, k] == ""
            part = matrix[rows, at : at + width]
            at += width
            filled[rows, k] = part[:, 0] * places[k][1] + places[k][0] if number else places[k][part.argmax(1)]
        return filled


def gan(table, folder, seed, *options):
    """Runs 'gan impute', and returns the filled tables, what it printed, and the seconds of processors."""
    before, out = resource.getrusage(resource.RUSAGE_CHILDREN), os.path.join(folder, "filled.csv")
    command = [os.path.join(ROOT, "gan"), "impute", table, "--out", out, "--force", "--seed", str(seed), *options]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(run.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    files = sorted(f for f in os.listdir(folder) if f.startswith("filled"))
    tables = [read(os.path.join(folder, f))[1] for f in files]
    for f in files:
        os.remove(os.path.join(folder, f))
    return tables, run.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def results(holes, table, folder, seed, draws):
    """Yields method, error, share right, share covered, seconds, and which method 'auto' took."""
    holes.write(table)
    (filled,), said, seconds = gan(table, folder, seed)
    holes.check(filled)
    chosen = re.search(r"^'(\w+)' was chosen", said, re.M).group(1)
    yield "auto", *holes.score(filled), None, seconds, chosen
    for method in OURS:
        (filled,), _, seconds = gan(table, folder, seed, "--method", method)
        holes.check(filled)
        covered = holes.covered(gan(table, folder, seed, "--method", method, "--imputations", str(draws))[0]) if method == chosen else None
        yield method, *holes.score(filled), covered, seconds, None
    rivals = [("scikit-learn forests", IterativeImputer(RandomForestRegressor(random_state=seed), random_state=seed, skip_complete=True)),
              ("scikit-learn neighbours", KNNImputer(n_neighbors=5, keep_empty_features=True))]
    for name, imputer in rivals:
        began = time.process_time()
        filled = holes.by_scikit_learn(imputer)
        yield name, *holes.score(filled), None, time.process_time() - began, None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sets", default="yeast,mammography:2000,german-credit,oil-spill,adult:1000")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--draws", default=19, type=int)
    parser.add_argument("--out", default=os.path.join(ROOT, "runs", "bench-impute.csv"))
    options = parser.parse_args()
    os.makedirs(os.path.dirname(os.path.abspath(options.out)), exist_ok=True)
    sums = {}
    with tempfile.TemporaryDirectory() as folder, open(options.out, "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["set", "rows", "seed", "method", "error", "right", "covered", "seconds", "chosen"])
        for seed in map(int, options.seeds.split(",")):
            for name in options.sets.split(","):
                name, _, rows = name.partition(":")
                holes = Holes(name, int(rows or 0), seed)
                for method, *figures, chosen in results(holes, os.path.join(folder, "holes.csv"), folder, seed, options.draws):
                    texts = ["" if v is None else f"{v:.4f}" for v in figures]
                    out.writerow([name, len(holes.truth), seed, method, *texts, chosen or ""])
                    f.flush()
                    print(*[name, seed, method, *texts, chosen or ""], sep="\t", flush=True)
                    sums.setdefault((name, method), []).append(figures)
    print("\n| set | method | error | right | covered | seconds |\n|---|---|---|---|---|---|")
    for (name, method), rows in sums.items():
        means = [np.mean(values) if (values := [r[i] for r in rows if r[i] is not None]) else None for i in range(4)]
        print(f"| {name} | {method} | " + " | ".join("" if v is None else f"{v:.4f}" if i < 2 else f"{v:.2f}" for i, v in enumerate(means)) + " |")


if __name__ == "__main__":
    main()
