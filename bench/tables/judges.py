#!/usr/bin/env python3
"""Tables: does the generator give the classes asked for, can a classifier be trained on its rows alone, does it help more than what costs nothing?

Usage: scripts/bench.sh tables --judges [--sets car,yeast] [--folds 3] [--steps 3000] [--ctgan [EPOCHS]] [--out bench.csv] [--set KEY=VALUE ...]

Real folds test; whatever is generated or repeated comes from the training folds alone; equal rows are kept in one fold. Every figure is one line of the CSV:
set, fold, method, classifier, metric, class, value. Class accuracy is by three classifiers, none of which the generator knows: all are trained on real
rows, rare classes repeated; its accuracy on real rows of the test fold is beside it, for each class too. A classifier that is right on half of a class's
real rows says little about what is generated as that class. CTGAN is our own implementation of the paper (bench/reference/ctgan.py). Needs scikit-learn,
PyTorch and the tables in ../shared/data/tables, or in GAN_DATA's folder tables.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "reference"))

import numpy as np
from ctgan import Ctgan, is_number
from sklearn.base import BaseEstimator
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, balanced_accuracy_score, f1_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.environ.get("GAN_DATA", os.path.join(ROOT, "..", "shared", "data"))
SEED = 1


class Table:
    """Rows of text, and how a classifier sees them: numbers, and categories by their text."""

    def __init__(self, path):
        with open(path, newline="", encoding="utf-8") as f:
            rows = list(csv.reader(f))
        self.header, self.rows = rows[0], [tuple(r) for r in rows[1:]]
        self.y = np.array([r[-1] for r in self.rows])
        columns = list(zip(*[r[:-1] for r in self.rows]))
        self.numeric = [i for i, c in enumerate(columns) if all(is_number(v) for v in c if v)]
        self.other = [i for i in range(len(columns)) if i not in self.numeric]

    def features(self, rows):
        x = np.empty((len(rows), len(self.header) - 1), dtype=object)
        for i in range(x.shape[1]):
            x[:, i] = [(float(r[i]) if r[i] else np.nan) if i in self.numeric else r[i] for r in rows]
        return x


class Median(BaseEstimator):
    """Missing numbers become the median of the training rows."""

    def fit(self, x, y=None):
        self.median_ = np.nan_to_num(np.nanmedian(x.astype(float), axis=0))
        return self

    def transform(self, x):
        x = x.astype(float)
        return np.where(np.isnan(x), self.median_, x)

    def fit_transform(self, x, y=None):
        return self.fit(x).transform(x)


def columns(table, numbers, categories):
    return ColumnTransformer([part for part in (("n", numbers, table.numeric), ("c", categories, table.other)) if part[2]])


def trees(table):
    return columns(table, Median(), OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1))


def classifiers(table):
    return {
        "logistic": make_pipeline(columns(table, make_pipeline(Median(), StandardScaler()), OneHotEncoder(handle_unknown="ignore", sparse_output=False)),
                                  LogisticRegression(max_iter=2000)),
        "boosting-20": make_pipeline(trees(table), HistGradientBoostingClassifier(min_samples_leaf=20, early_stopping=False, random_state=SEED)),
        "boosting-2": make_pipeline(trees(table), HistGradientBoostingClassifier(min_samples_leaf=2, early_stopping=False, random_state=SEED)),
    }


def reference_classifiers(table):
    """What predicts the class of a generated row: the most accurate of the usual classifiers on most of these sets, and two of another kind."""
    downstream = classifiers(table)
    forest = make_pipeline(trees(table), RandomForestClassifier(300, random_state=SEED))
    return {"forest": forest, "boosting-2": downstream["boosting-2"], "logistic": downstream["logistic"]}


def scores(model, x, y, classes, priors=None):
    p = np.zeros((len(x), len(classes)))
    p[:, [classes.index(c) for c in model.classes_]] = model.predict_proba(x)
    if priors is not None:
        p = p / priors
        p /= p.sum(axis=1, keepdims=True)
    predicted = np.array(classes)[p.argmax(axis=1)]
    present = [c for c in classes if (y == c).any()]
    return {
        "macro-f1": f1_score(y, predicted, average="macro", labels=present, zero_division=0),
        "balanced-accuracy": balanced_accuracy_score(y, predicted),
        "pr-auc": float(np.mean([average_precision_score(y == c, p[:, classes.index(c)]) for c in present])),
    }


def random_oversampling(rows, y, rng):
    most = max((y == c).sum() for c in set(y))
    return [rows[i] for c in sorted(set(y)) for i in rng.choice(np.flatnonzero(y == c), most - (y == c).sum())]


def smote_nc(table, rows, y, rng, k=5):
    """Chawla et al. 2002, sections 4 and 6.1: numbers between a row and a neighbour, categories by the neighbours' vote."""
    x = table.features(rows)
    numbers = Median().fit_transform(x[:, table.numeric]) if table.numeric else np.zeros((len(rows), 0))
    deviation = numbers.std(axis=0)
    scaled = numbers / np.where(deviation > 0, deviation, 1)
    most, added = max((y == c).sum() for c in set(y)), []
    for c in sorted(set(y)):
        own = np.flatnonzero(y == c)
        for _ in range(most - len(own)):
            i = rng.choice(own)
            d = ((scaled[own] - scaled[i]) ** 2).sum(axis=1) + np.array([sum(x[j, o] != x[i, o] for o in table.other) for j in own])
            near = own[np.argsort(d, kind="stable")[1:k + 1]] if len(own) > 1 else own
            j, t, row = rng.choice(near), rng.random(), list(rows[i])
            for n, column in enumerate(table.numeric):
                row[column] = repr(float(numbers[i, n] + t * (numbers[j, n] - numbers[i, n])))
            for column in table.other:
                values, votes = np.unique([rows[m][column] for m in near], return_counts=True)
                row[column] = values[votes.argmax()]
            added.append(tuple(row))
    return added


class Gan:
    """The command line tool on one training fold."""

    def __init__(self, program, folder, header, rows, settings):
        self.program, self.folder = program, folder
        path = os.path.join(folder, "train.csv")
        write(path, header, rows)
        begin = time.time()
        self.run("train", path, "--label", header[-1], "--out", os.path.join(folder, "run"), *[a for s in settings for a in ("--set", s)])
        self.seconds = time.time() - begin
        self.run("export", os.path.join(folder, "run"))

    def rows(self, counts, seed):
        path, spec = os.path.join(self.folder, f"made-{seed}.csv"), ",".join(f"{c}={n}" for c, n in counts.items() if n > 0)
        self.run("generate", os.path.join(self.folder, "run", "generator.onnx"), "--out", path, "--counts", spec, "--seed", str(seed))
        with open(path, newline="", encoding="utf-8") as f:
            return [tuple(r) for r in list(csv.reader(f))[1:]]

    def run(self, *arguments):
        done = subprocess.run([*self.program, *arguments], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"gan {' '.join(arguments)}: {done.stderr.strip()}")


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def folds_of(table, count):
    groups = np.unique(["\0".join(r[:-1]) for r in table.rows], return_inverse=True)[1]
    return list(StratifiedGroupKFold(count, shuffle=True, random_state=SEED).split(table.rows, table.y, groups))


def bench(name, fold, table, train, test, options, emit):
    classes = sorted(set(table.y))
    rows, y, x_test, y_test = [table.rows[i] for i in train], table.y[train], table.features([table.rows[i] for i in test]), table.y[test]
    counts = {c: int((y == c).sum()) for c in classes if (y == c).any()}
    missing = {c: max(counts.values()) - n for c, n in counts.items()}
    priors = np.array([max(counts.get(c, 0), 1) for c in classes], dtype=float)
    rng = np.random.default_rng(SEED)
    added = {"untouched": [], "random over-sampling": random_oversampling(rows, y, rng), "smote": smote_nc(table, rows, y, rng)}
    alone, asked = {}, {}

    def generate(method, model):
        emit(name, fold, method, "", "train-seconds", "", model.seconds)
        alone[method], added[method], asked[method] = model.rows(counts, 11), model.rows(missing, 12), model.rows({c: 500 for c in counts}, 13)

    with tempfile.TemporaryDirectory() as folder:
        generate("gan", Gan(options.program, folder, table.header, rows, options.settings))
    if options.ctgan:
        begin = time.time()
        model = Ctgan(table.header, rows, len(table.header) - 1, table.numeric, options.ctgan, SEED)
        model.seconds = time.time() - begin
        generate("ctgan", model)

    even = rows + added["random over-sampling"]
    for kind, model in reference_classifiers(table).items():
        model.fit(table.features(even), [r[-1] for r in even])
        predicted = model.predict(x_test)
        emit(name, fold, "reference", kind, "accuracy-on-real", "", float((predicted == y_test).mean()))
        emit(name, fold, "reference", kind, "balanced-accuracy-on-real", "", balanced_accuracy_score(y_test, predicted))
        for c in counts:
            if (y_test == c).any():
                emit(name, fold, "reference", kind, "recall-on-real", c, float((predicted[y_test == c] == c).mean()))
        for method, made in asked.items():
            found = model.predict(table.features(made))
            for c in counts:
                wanted = np.array([r[-1] == c for r in made])
                emit(name, fold, method, kind, "class-accuracy", c, float((found[wanted] == c).mean()))
    known = set(rows)
    for method, made in asked.items():
        emit(name, fold, method, "", "copies-of-real-rows", "", float(np.mean([r in known for r in made])))
    for kind, model in classifiers(table).items():
        for method, more in added.items():
            all_rows = rows + more
            model.fit(table.features(all_rows), [r[-1] for r in all_rows])
            for metric, value in scores(model, x_test, y_test, classes).items():
                emit(name, fold, method, kind, metric, "", value)
            if method == "untouched":
                for metric, value in scores(model, x_test, y_test, classes, priors).items():
                    emit(name, fold, "moved threshold", kind, metric, "", value)
        for method, synthetic in alone.items():
            model.fit(table.features(synthetic), [r[-1] for r in synthetic])
            for metric, value in scores(model, x_test, y_test, classes).items():
                emit(name, fold, f"{method} rows only", kind, metric, "", value)


def ranks(values, metric):
    """Mean rank of each method for rare classes over sets and classifiers (1 is best), by the mean over the folds; ties share their ranks."""
    methods, found = ("untouched", "moved threshold", "random over-sampling", "smote", "gan", "ctgan"), {}
    for name, kind in sorted({(name, kind) for name, method, kind, m in values if m == metric and method == "untouched"}):
        means = {method: np.mean(values[name, method, kind, metric]) for method in methods if (name, method, kind, metric) in values}
        for method, mean in means.items():
            found.setdefault(method, []).append(1 + sum(o > mean for o in means.values()) + (sum(o == mean for o in means.values()) - 1) / 2)
    return {method: np.mean(r) for method, r in found.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", default="german-credit,car,yeast,oil-spill,mammography")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--only", type=int, default=1 << 30, help="folds to run")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--ctgan", type=int, nargs="?", const=300, help="compare with CTGAN too, trained for so many epochs (the paper's 300)")
    parser.add_argument("--set", dest="settings", action="append", default=[])
    parser.add_argument("--out", default="tables.csv")
    parser.add_argument("--program", default=os.path.join(ROOT, "gan"))
    options = parser.parse_args()
    options.program = options.program.split()
    if options.steps:
        options.settings.append(f"steps={options.steps}")
    values = {}
    with open(options.out, "w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["set", "fold", "method", "classifier", "metric", "class", "value"])

        def emit(*line):
            out.writerow(line)
            f.flush()
            values.setdefault((line[0], line[2], line[3], line[4]), []).append(line[6])

        tables = {name: Table(os.path.join(DATA, "tables", name + ".csv")) for name in options.sets.split(",")}
        folds = {name: folds_of(table, options.folds) for name, table in tables.items()}
        for fold in range(min(options.folds, options.only)):
            for name, table in tables.items():
                bench(name, fold, table, *folds[name][fold], options, emit)
    print(f"{'set':14} {'method':22} {'classifier':12} {'metric':25} mean   least  most")
    for (name, method, kind, metric), found in values.items():
        print(f"{name:14} {method:22} {kind:12} {metric:25} {np.mean(found):.3f}  {min(found):.3f}  {max(found):.3f}")
    for metric in ("macro-f1", "balanced-accuracy", "pr-auc"):
        print(f"mean rank in {metric}: " + ", ".join(f"{method} {rank:.2f}" for method, rank in sorted(ranks(values, metric).items(), key=lambda r: r[1])))


if __name__ == "__main__":
    main()