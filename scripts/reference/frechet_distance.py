#!/usr/bin/env python3
"""Reference value of the Fréchet distance in tests/Evaluation.Tests/FrechetDistanceTests.cs.

The formula as published (Heusel et al. 2017, equation 6), with NumPy's covariance and SciPy's general matrix square root, where the
library takes two symmetric eigendecompositions. Debian: apt install python3-scipy.
"""
import numpy as np
from scipy.linalg import sqrtm


def features(rows, phase, scale):
    """A set that both sides can make from its formula; the float32 values are what is compared."""
    i, j = np.arange(rows)[:, None], np.arange(8)[None, :]
    return (scale * np.sin(0.7 * i + 1.3 * j * j + phase) + 0.05 * ((i * (j + 3)) % 17) + phase * j).astype(np.float32).astype(np.float64)


def frechet_distance(a, b):
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    return ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(cov_a + cov_b - 2 * sqrtm(cov_a @ cov_b).real)


print(f"{frechet_distance(features(300, 0.0, 1.0), features(200, 0.1, 1.5)):.9f}")
