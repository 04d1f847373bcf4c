#!/usr/bin/env python3
"""Records what scikit-learn's BayesianGaussianMixture finds on values that tests/Tables.Tests makes again by the same formulas.

Usage: /usr/bin/python3 scripts/record_mixture.py > tests/Tables.Tests/mixtures.json"""
import json

import numpy as np
import sklearn
from scipy.stats import norm
from sklearn.mixture import BayesianGaussianMixture

# Normal quantiles in place of random numbers: the same values on every machine.
Q = norm.ppf((np.arange(400) + 0.5) / 400)
CASES = {
    "one": 3 + 2 * Q,
    "two": np.concatenate([-5 + Q, 5 + 0.5 * Q]),
    "three unequal": np.concatenate([0.1 * Q, 10 + Q[::4], -20 + 3 * Q[::2]]),
    "large numbers": np.concatenate([1e6 + 1e3 * Q, 1.1e6 + 5e3 * Q[::2]]),
}
out = {"scikit-learn": sklearn.__version__, "cases": {}}
for name, x in CASES.items():
    m = BayesianGaussianMixture(n_components=10, weight_concentration_prior_type="dirichlet_process", weight_concentration_prior=0.001,
                                max_iter=2000, tol=1e-9, n_init=5, random_state=0, reg_covar=1e-6 * float(np.var(x))).fit(x.reshape(-1, 1))
    # Components that describe the same mode twice differ by starting point; what all fits agree on is the density.
    grid = np.linspace(x.min(), x.max(), 41)
    kept = m.weights_ > 0.005
    out["cases"][name] = {
        "components": int(kept.sum()), "grid": grid.tolist(), "log_density": m.score_samples(grid.reshape(-1, 1)).tolist(),
        "weights": sorted(m.weights_[kept].tolist()), "means": sorted(m.means_[kept, 0].tolist()),
    }
print(json.dumps(out, indent=1))
