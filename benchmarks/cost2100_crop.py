#!/usr/bin/env python3
"""Paths to channels in plain PyTorch: the mathematics of the COST 2100 renderers as one would write it down.

    OMP_NUM_THREADS=1 benchmarks/cost2100_crop.py [--paths 38] [--drops 1000] [--seconds 3] [--json]

The paths are given (uniform delays and angles, complex Gaussian gains): no geometry is drawn, unlike in `sim bench channels`.
"""
import argparse
import json
import math
import statistics
import time

import torch

SUBCARRIERS, ANTENNAS, DELAYS, BANDWIDTH, CARRIER = 1024, 32, 32, 20e6, 300e6


def kernel(position, length, bins):
    """The first bins of the unitary inverse DFT of e^{-j2πkq/L}."""
    offset = math.pi * (torch.arange(bins) - position.unsqueeze(-1)) / length
    factor = (1 - torch.polar(torch.ones_like(position), -2 * math.pi * position)) / (2 * math.sqrt(length))
    return (factor.unsqueeze(-1) * torch.complex(torch.ones_like(offset), 1 / offset.tan())).to(torch.complex64)


def crop(delay, gain, cosine):
    """G = Σ_p α_p a(τ_p) b(φ_p)ᵀ with Dirichlet kernels."""
    carrier = torch.polar(torch.ones_like(delay), -2 * math.pi * ((CARRIER - BANDWIDTH / 2) * delay).frac())
    rows = kernel(delay * BANDWIDTH, SUBCARRIERS, DELAYS) * (gain * carrier).to(torch.complex64).unsqueeze(-1)
    columns = kernel(-cosine * ANTENNAS / 2, ANTENNAS, ANTENNAS).conj()
    return torch.einsum("bpd,bpa->bda", rows, columns)


def full(delay, gain, cosine):
    """H[k, n] = Σ_p α_p e^{-j2πf_kτ_p} e^{-jπn·cos φ_p}."""
    frequency = CARRIER - BANDWIDTH / 2 + torch.arange(SUBCARRIERS) * (BANDWIDTH / SUBCARRIERS)
    phase = (delay.unsqueeze(-1) * frequency).frac().float() * (-2 * math.pi)
    rows = torch.polar(torch.ones_like(phase), phase) * gain.to(torch.complex64).unsqueeze(-1)
    steering = (cosine.unsqueeze(-1) * torch.arange(ANTENNAS)).float() * -math.pi
    return torch.einsum("bps,bpa->bsa", rows, torch.polar(torch.ones_like(steering), steering))


def rate(render, drops, block, paths, seconds):
    """Drops per second of processor time, median of the runs; blocks keep the temporaries small."""
    delay = torch.rand(drops, paths, dtype=torch.float64) * 2e-6
    gain = torch.randn(drops, paths, dtype=torch.complex128)
    cosine = torch.rand(drops, paths, dtype=torch.float64) * 2 - 1
    result, until = [], time.perf_counter() + seconds
    while len(result) < 3 or time.perf_counter() < until:
        start = time.process_time()
        torch.cat([render(delay[i:i + block], gain[i:i + block], cosine[i:i + block]) for i in range(0, drops, block)])
        result.append(drops / (time.process_time() - start))
    return statistics.median(result[1:])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--paths", type=int, default=38, help="paths of a drop: 38 indoors, 709 outdoors on average")
    parser.add_argument("--drops", type=int, default=1000, help="drops in a run of the crop")
    parser.add_argument("--seconds", type=float, default=3, help="how long each is timed")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    block = max(1, 4096 // arguments.paths)
    rates = {
        "crop": rate(crop, arguments.drops, block, arguments.paths, arguments.seconds),
        "full": rate(full, 32, max(1, block // 16), arguments.paths, arguments.seconds),
    }
    print(json.dumps(rates) if arguments.json else "\n".join(f"{name}: {value:.0f} drops/s" for name, value in rates.items()))
