#!/usr/bin/env python3
"""Records what scikit-learn, SciPy and plain NumPy make of small made sets: tests/Evaluation.Tests/Recorded/metrics.json.

The tests make the same sets by the same formulas and compare. Needs python3-numpy, python3-scipy and python3-sklearn.
"""
import json
import pathlib

import numpy as np
from scipy import linalg, stats
from sklearn import metrics
from sklearn.metrics import pairwise


def waves(rows, phase, scale, columns=8):
    """Smooth made numbers, as float32: what TestData.Waves makes."""
    i, j = np.arange(rows)[:, None], np.arange(columns)[None, :]
    return (scale * np.sin(0.7 * i + 1.3 * j * j + phase) + 0.05 * (i * (j + 3) % 17) + phase * j).astype(np.float32).astype(np.float64)


def frechet(a, b):
    ca, cb = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    return float(np.sum((a.mean(0) - b.mean(0)) ** 2) + np.trace(ca + cb - 2 * linalg.sqrtm(ca @ cb).real))


def kernel(a, b):
    k = lambda x, y: pairwise.polynomial_kernel(x, y, degree=3, gamma=1 / x.shape[1], coef0=1)
    off = lambda m: (m.sum() - np.trace(m)) / (len(m) * (len(m) - 1))
    return float(off(k(a, a)) + off(k(b, b)) - 2 * k(a, b).mean())


def neighbourhoods(generated, real):
    """The four published formulas, written down as they stand."""
    def radii(x, k):
        d = pairwise.euclidean_distances(x)
        np.fill_diagonal(d, np.inf)
        return np.sort(d, axis=1)[:, k - 1]
    d = pairwise.euclidean_distances(generated, real)
    return {
        "precision": float((d <= radii(real, 3)[None, :]).any(1).mean()),
        "recall": float((d <= radii(generated, 3)[:, None]).any(0).mean()),
        "density": float((d <= radii(real, 5)[None, :]).sum(1).mean() / 5),
        "coverage": float((d.min(0) <= radii(real, 5)).mean()),
    }


def columns():
    """Two tables of two numeric columns and one category: what the tests' Tables make."""
    real, made = waves(300, 0, 1, 2), waves(200, 0.1, 1.5, 2)
    words = np.array(["red", "green", "blue", "grey"])
    real_word, made_word = words[(np.arange(300) ** 2) % 7 % 4], words[(np.arange(200) * 3) % 5 % 3]
    share = lambda w: np.array([(w == x).mean() for x in words])
    bins = lambda x, edges: np.searchsorted(edges, x, side="right")
    edges = [np.quantile(real[:, j], np.arange(1, 10) / 10) for j in range(2)]
    mutual = lambda t, w: [
        metrics.normalized_mutual_info_score(bins(t[:, 0], edges[0]), bins(t[:, 1], edges[1])),
        metrics.normalized_mutual_info_score(bins(t[:, 0], edges[0]), w), metrics.normalized_mutual_info_score(bins(t[:, 1], edges[1]), w)]
    return {
        "kolmogorov-smirnov": [float(stats.ks_2samp(real[:, j], made[:, j]).statistic) for j in range(2)],
        "wasserstein": [float(stats.wasserstein_distance(real[:, j], made[:, j]) / real[:, j].std()) for j in range(2)],
        "total-variation": float(np.abs(share(real_word) - share(made_word)).sum() / 2),
        "correlation": [float(np.corrcoef(t, rowvar=False)[0, 1]) for t in (real, made)],
        "mutual-information": [[float(x) for x in mutual(*t)] for t in ((real, real_word), (made, made_word))],
    }


def main():
    a, b = waves(300, 0, 1), waves(200, 0.1, 1.5)
    scores, labels = waves(120, 0.3, 1, 1)[:, 0], np.arange(120) * 7 % 11 < 5
    recorded = {
        "frechet-distance": frechet(a, b),
        "kernel-distance": kernel(a, b),
        **neighbourhoods(waves(200, 0.05, 1.3), a),
        "table": columns(),
        "auc": float(metrics.roc_auc_score(labels, scores)),
        "versions": {m.__name__.split(".")[0]: v for m, v in (
            (np, np.__version__), (stats, __import__("scipy").__version__), (metrics, __import__("sklearn").__version__))},
    }
    target = pathlib.Path(__file__).parent.parent / "tests/Evaluation.Tests/Recorded/metrics.json"
    target.write_text(json.dumps(recorded, indent=2) + "\n")
    print(f"{target}: written")


if __name__ == "__main__":
    main()
