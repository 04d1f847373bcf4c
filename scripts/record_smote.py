#!/usr/bin/env python3
"""Records the neighbours, distances and categories that imbalanced-learn's SMOTE and SMOTENC have for a small class, with its rows.

Usage, with a checkout of imbalanced-learn 0.12.3 (not part of this repository), which needs no installing:
    IMBLEARN=CHECKOUT scripts/pytorch.sh scripts/record_smote.py > tests/Resampling.Tests/smote.json"""
import json
import os
import sys

import numpy as np

sys.path.insert(0, os.environ["IMBLEARN"])
import imblearn
from imblearn.over_sampling import SMOTE, SMOTENC

ROWS, NUMBERS = 40, 3
out = {"imbalanced-learn": imblearn.__version__, "cases": {}}
for name, classes in {"SMOTE": [], "SMOTE-NC": [3, 2], "SMOTE-NC, four categories": [2, 2, 4, 6]}.items():
    for k in (3, 5):
        rng = np.random.default_rng(7)
        numbers = np.round(rng.normal(size=(ROWS, NUMBERS)) * [1, 0.4, 2.5], 3)
        categories = np.stack([rng.integers(0, c, ROWS) for c in classes], axis=1) if classes else np.zeros((ROWS, 0), int)
        x = np.hstack([numbers, categories])
        y = np.repeat([0, 1], [ROWS, 2 * ROWS])
        everything = np.vstack([x, x, x])
        sampler = SMOTENC(categorical_features=list(range(NUMBERS, NUMBERS + len(classes))), k_neighbors=k, random_state=0) if classes \
            else SMOTE(k_neighbors=k, random_state=0)
        sampler.fit_resample(everything, y)
        # The search is the one that new rows were made by: over the rows of the class that was filled up, categories already weighted.
        distances, places = sampler.nn_k_.kneighbors(sampler.nn_k_._fit_X)
        assert (places[:, 0] == np.arange(ROWS)).all() and (np.diff(distances, axis=1) > 1e-5).all()  # no ties, which nobody must break alike
        out["cases"][f"{name}, k = {k}"] = {
            "k": k, "numbers": numbers.T.tolist(), "categories": categories.T.tolist(),
            "median_deviation": float(sampler.median_std_[0]) if classes else 0,
            "neighbours": places[:, 1:].tolist(), "distances": distances[:, 1:].tolist(),
        }
json.dump(out, sys.stdout)
