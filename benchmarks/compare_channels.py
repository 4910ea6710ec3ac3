#!/usr/bin/env python3
"""Times `sim bench channels` against the plain PyTorch script, in turns, and prints medians of drops per second of processor time.

    benchmarks/compare_channels.py [--rounds 5] [--python /usr/bin/python3]

One thread each, the same BLAS; both go from the geometry of every drop to its channel.
"""
import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
SCENARIOS = {"indoor": "indoor-hall-5ghz", "outdoor": "semi-urban-300mhz-los"}

parser = argparse.ArgumentParser()
parser.add_argument("--rounds", type=int, default=5, help="turns of each side")
parser.add_argument("--python", default="/usr/bin/python3", help="a Python that has PyTorch")
arguments = parser.parse_args()
environment = dict(os.environ, OMP_NUM_THREADS="1", MALLOC_MMAP_THRESHOLD_="67108864", MALLOC_TRIM_THRESHOLD_="2147483647")
source = f"source {HERE.parent}/scripts/setup.sh; env -0"
set_up = subprocess.run(["bash", "-c", source], env=environment, capture_output=True, text=True, check=True).stdout
environment.update(line.split("=", 1) for line in set_up.split("\0") if line.startswith("OPENBLAS_CORETYPE="))

rates = {}
for _ in range(arguments.rounds):
    bench = json.loads(subprocess.run([HERE.parent / "sim", "bench", "channels", "--json"], cwd=HERE.parent, env=environment, capture_output=True, text=True, check=True).stdout)
    for row in bench:
        scenario, users, what = re.match(r"(\w+), (\d+) users?, (.*)", row["name"]).groups()
        if users == "1" and scenario in SCENARIOS:
            rates.setdefault((scenario, "crop" if "crop" in what else "full", "sim"), []).append(row["per_processor_second"])
    for scenario, name in SCENARIOS.items():
        script = subprocess.run([arguments.python, HERE / "cost2100_crop.py", "--scenario", name, "--json"], env=environment, capture_output=True, text=True, check=True)
        for what, value in json.loads(script.stdout).items():
            rates.setdefault((scenario, what, "PyTorch"), []).append(value)
for scenario in SCENARIOS:
    for what in ("crop", "full"):
        sim, script = rates[scenario, what, "sim"], rates[scenario, what, "PyTorch"]
        ratios = [ours / theirs for ours, theirs in zip(sim, script)]
        print(f"{scenario:8} {what:5} sim {statistics.median(sim):9.0f}/s   PyTorch {statistics.median(script):9.0f}/s"
              f"   ratio {statistics.median(ratios):5.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
