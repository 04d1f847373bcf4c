"""Hides cells of a table, and compares tables in which they were filled with what was hidden.

cells.py hide TABLE OUT RATE SEED [ROWS]     writes OUT (with holes) and OUT.truth
cells.py score OUT FILLED                    prints: error of numbers (RMSE in standard deviations), share of right categories, for FILLED,
                                             for the mean or mode, and for scikit-learn's KNNImputer (5 neighbours) on standardised and one-hot columns
"""
import csv
import random
import sys

import numpy as np


def read(path):
    with open(path, newline="") as f:
        rows = list(csv.reader(f))
    return rows[0], rows[1:]


def write(path, header, rows):
    with open(path, "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def hide(table, out, rate, seed, most=None):
    header, rows = read(table)
    if most:
        random.Random(0).shuffle(rows)
        rows = rows[: int(most)]
    draw = random.Random(int(seed))
    label = len(header) - 1  # the class stays: rows are filled given their class
    write(out, header, [[c if i == label or c == "" or draw.random() >= float(rate) else "" for i, c in enumerate(r)] for r in rows])
    write(out + ".truth", header, rows)


def is_number(column):
    try:
        [float(c) for c in column if c != ""]
        return True
    except ValueError:
        return False


def score(holed, filled):
    from sklearn.impute import KNNImputer

    header, given = read(holed)
    _, truth = read(holed + ".truth")
    _, ours = read(filled)
    given, truth, ours = (np.array(x, dtype=object) for x in (given, truth, ours))
    assert (ours[given != ""] == given[given != ""]).all(), "a known cell was changed"
    assert not (ours[(given == "") & (truth != "")] == "").any(), "a cell was left empty"
    numbers = [is_number(truth[:, k]) for k in range(len(header))]
    hidden = (given == "") & (truth != "")

    # The neighbours see standardised numbers, and categories as one-hot columns over sqrt(2), so that a mismatch counts 1.
    blocks, places = [], []
    for k in range(len(header)):
        known = given[:, k] != ""
        if numbers[k]:
            x = np.full(len(given), np.nan)
            x[known] = given[known, k].astype(float)
            mean, deviation = np.nanmean(x), np.nanstd(x) or 1
            blocks.append(((x - mean) / deviation)[:, None])
            places.append((mean, deviation))
        else:
            values = sorted(set(given[known, k]))
            x = np.full((len(given), len(values)), np.nan)
            x[known] = (given[known, k][:, None] == np.array(values, dtype=object)[None, :]) / np.sqrt(2)
            blocks.append(x)
            places.append(values)
    matrix = KNNImputer(n_neighbors=5, keep_empty_features=True).fit_transform(np.hstack(blocks)) if hidden.any() else np.hstack(blocks)
    at, figures = 0, {m: ([], []) for m in ("ours", "knn", "mean")}
    for k in range(len(header)):
        width = blocks[k].shape[1]
        part, rows = matrix[:, at : at + width], hidden[:, k]
        at += width
        if not rows.any():
            continue
        if numbers[k]:
            mean, deviation = places[k]
            t = truth[rows, k].astype(float)
            if t.std() == 0:
                continue
            for name, guess in (("ours", ours[rows, k].astype(float)), ("knn", part[rows, 0] * deviation + mean), ("mean", np.full(len(t), mean))):
                figures[name][0].append(float(np.sqrt(((guess - t) ** 2).mean()) / deviation))
        else:
            values = np.array(places[k], dtype=object)
            mode = max(places[k], key=list(given[:, k]).count)
            for name, guess in (("ours", ours[rows, k]), ("knn", values[part[rows].argmax(1)]), ("mean", np.full(rows.sum(), mode, dtype=object))):
                figures[name][1].append(float((guess == truth[rows, k]).mean()))
    return {n: tuple(round(float(np.mean(v)), 4) if v else "" for v in figures[n]) for n in figures}


if __name__ == "__main__":
    if sys.argv[1] == "hide":
        hide(*sys.argv[2:])
    else:
        result = score(*sys.argv[2:4])
        print(",".join(str(v) for n in ("ours", "knn", "mean") for v in result[n]))
