#!/usr/bin/env python3
"""Times a training step in TorchSharp against PyTorch, in turns, and prints the medians and their ratio.

    benchmarks/compare.py [--network csinet] [--rounds 20] [--steps 3] [--threads 2]
"""
import argparse
import os
import pathlib
import statistics
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
ARTIFACTS = HERE.parent / "artifacts"

parser = argparse.ArgumentParser()
parser.add_argument("--network", choices=["csinet", "hybrid"], default="csinet", help="which network's step")
parser.add_argument("--rounds", type=int, default=20, help="turns of each side")
parser.add_argument("--steps", type=int, default=3, help="training steps in a turn")
parser.add_argument("--threads", type=int, default=2, help="threads inside an operator")
parser.add_argument("--program", help="the built TrainingStep; found under artifacts/ if not given")
parser.add_argument("--python", default="/usr/bin/python3", help="a Python that has PyTorch on the same libtorch")
arguments = parser.parse_args()

built = sorted(ARTIFACTS.glob("*/bin/TrainingStep/release/TrainingStep"), key=lambda path: path.stat().st_mtime)
if not arguments.program and not built:
    parser.exit(2, "TrainingStep is not built: dotnet build benchmarks/TrainingStep -c Release\n")
program = arguments.program or built[-1]
environment = dict(os.environ, OMP_NUM_THREADS=str(arguments.threads))
environment.setdefault("OMP_WAIT_POLICY", "passive")


def start(*command):
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)


def turn(process, steps):
    process.stdin.write(f"{steps}\n")
    process.stdin.flush()
    return [float(word) for word in process.stdout.readline().split()]


which = ["hybrid", str(HERE.parent / "models" / "hybrid-indoor-los.safetensors")] if arguments.network == "hybrid" else []
sides = {"TorchSharp": start(str(program), *which), "PyTorch": start(arguments.python, str(HERE / f"{arguments.network}_step.py"))}
times = {name: [] for name in sides}
ratios = []
for process in sides.values():
    turn(process, 5)
for number in range(arguments.rounds):
    # Who goes first changes from round to round, so that neither profits from its place.
    order = list(sides) if number % 2 == 0 else list(reversed(sides))
    this = {}
    for name in order:
        seconds = turn(sides[name], arguments.steps)
        times[name] += seconds
        this[name] = statistics.median(seconds)
    ratios.append(this["TorchSharp"] / this["PyTorch"])
for process in sides.values():
    process.stdin.close()
    process.wait()
for name, seconds in times.items():
    print(f"{name:10}  median {1e3 * statistics.median(seconds):7.1f} ms  fastest {1e3 * min(seconds):7.1f} ms  ({len(seconds)} steps)")
print(f"median ratio {statistics.median(ratios):.3f}")
