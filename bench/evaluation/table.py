"""Prints the numbers of run.sh side by side, the seconds that each metric took on the first set, and whether the metrics see what they are for;
fails where one does not."""
import csv
import pathlib
import re
import sys

out, sets = pathlib.Path(sys.argv[1]), ("real", "grainy", "noise", "dropped", "copies")
found = {s: {r["metric"]: r for r in csv.DictReader((out / f"{s}.csv").open()) if not r["class"]} for s in sets}
seconds = dict(re.findall(r"^([a-z0-9-]+): ([0-9.]+) s$", (out / "real.log").read_text(), re.M))
print(f"{'metric':32}{'better':8}" + "".join(f"{s:>12}" for s in sets) + f"{'seconds':>10}")
def value(metric, s):
    return float(found[s].get(metric, {}).get("value") or "nan")


for metric, row in found["real"].items():
    print(f"{metric:32}{row['better']:8}" + "".join(f"{value(metric, s):12.4g}" for s in sets) + f"{seconds.get(metric, ''):>10}")


def good(metric, s):
    """Larger is better."""
    return value(metric, s) * (1 if found["real"][metric]["better"] == "higher" else -1)


ranked = [m for m, r in found["real"].items() if r["better"] and m != "memorised-share"]  # which is about copies alone
bad = ("grainy", "noise", "dropped")
held = {
    "real images are best on every metric": all(good(m, "real") >= good(m, s) for m in ranked for s in bad),
    "noise is worst on every metric": all(good(m, "noise") <= good(m, s) for m in ranked for s in ("real", *bad)),
    "three missing classes are seen by recall, coverage and the classes' shares": all(
        good(m, "dropped") < good(m, "real") - 0.1 for m in ("recall", "coverage", "class-divergence")),
    "copies are seen by both measures of memorisation": (
        value("memorised-share", "copies") > 0.9 and value("data-copying", "copies") < -3 < value("data-copying", "real")),
    "10,000 against 10,000 images take the Fréchet distance less than 5 s": float(seconds["frechet-distance"]) < 5,
}
print()
for claim, holds in held.items():
    print(f"{'holds' if holds else 'FAILS'}: {claim}")
sys.exit(0 if all(held.values()) else 1)
