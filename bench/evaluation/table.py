"""Prints the numbers of run.sh side by side, and the seconds that each metric took on the first set."""
import csv
import pathlib
import re
import sys

out, sets = pathlib.Path(sys.argv[1]), ("real", "grainy", "noise", "dropped", "copies")
found = {s: {r["metric"]: r for r in csv.DictReader((out / f"{s}.csv").open()) if not r["class"]} for s in sets}
seconds = dict(re.findall(r"^([a-z0-9-]+): ([0-9.]+) s$", (out / "real.log").read_text(), re.M))
print(f"{'metric':32}{'better':8}" + "".join(f"{s:>12}" for s in sets) + f"{'seconds':>10}")
for metric, row in found["real"].items():
    value = lambda s: float(found[s].get(metric, {}).get("value") or "nan")
    print(f"{metric:32}{row['better']:8}" + "".join(f"{value(s):12.4g}" for s in sets) + f"{seconds.get(metric, ''):>10}")
