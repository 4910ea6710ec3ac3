#!/usr/bin/env python3
"""COST 2100 drops in plain PyTorch, from the geometry to the channel: the mathematics of the simulator as one would write it down.

    OMP_NUM_THREADS=1 benchmarks/cost2100_crop.py [--scenario indoor-hall-5ghz] [--seconds 3] [--json]

Geometry (`cost2100_geometry.py`) and phases are computed in float64 on both sides, the channel in complex64.
"""
import argparse
import json
import math
import statistics
import time
import warnings

import torch

from cost2100_geometry import Geometry

warnings.filterwarnings("ignore", message="scatter_reduce")
SUBCARRIERS, ANTENNAS, DELAYS, BANDWIDTH = 1024, 32, 32, 20e6


def kernel(position, length, bins):
    """The first bins of the unitary inverse DFT of e^{-j2πkq/L}."""
    offset = math.pi * (torch.arange(bins) - position.unsqueeze(-1)) / length
    factor = (1 - torch.polar(torch.ones_like(position), -2 * math.pi * position)) / (2 * math.sqrt(length))
    return (factor.unsqueeze(-1) * torch.complex(torch.ones_like(offset), 1 / offset.tan())).to(torch.complex64)


def crop(delay, gain, cosine, carrier):
    """G = Σ_p α_p a(τ_p) b(φ_p)ᵀ with Dirichlet kernels."""
    phase = torch.polar(torch.ones_like(delay), -2 * math.pi * ((carrier - BANDWIDTH / 2) * delay).frac())
    rows = kernel(delay * BANDWIDTH, SUBCARRIERS, DELAYS) * (gain * phase).to(torch.complex64).unsqueeze(-1)
    columns = kernel(-cosine * ANTENNAS / 2, ANTENNAS, ANTENNAS).conj()
    return torch.einsum("bpd,bpa->bda", rows, columns)


def full(delay, gain, cosine, carrier):
    """H[k, n] = Σ_p α_p e^{-j2πf_kτ_p} e^{-jπn·cos φ_p}, scaled to a mean power of 1 in each drop."""
    frequency = carrier - BANDWIDTH / 2 + torch.arange(SUBCARRIERS) * (BANDWIDTH / SUBCARRIERS)
    phase = (delay.unsqueeze(-1) * frequency).frac().float() * (-2 * math.pi)
    rows = torch.polar(torch.ones_like(phase), phase) * gain.to(torch.complex64).unsqueeze(-1)
    steering = (cosine.unsqueeze(-1) * torch.arange(ANTENNAS)).float() * -math.pi
    channel = torch.einsum("bps,bpa->bsa", rows, torch.polar(torch.ones_like(steering), steering))
    power = torch.view_as_real(channel).square().mean((1, 2, 3), keepdim=True, dtype=torch.float64)
    return channel / power.squeeze(-1).sqrt().float()


def draw(geometry, render, drops, block):
    """Draws that many drops: their paths, then blocks of drops with about the same number of paths, so that padding costs little."""
    result, missing = [], drops
    while missing > 0:
        delay, gain, cosine = (part[:missing] for part in geometry.draw(missing + missing // 50 + 2))
        missing -= len(gain)
        lengths, order = ((gain != 0) * torch.arange(1, gain.shape[1] + 1)).amax(1).sort()
        rendered = []
        for rows, length in zip(order.split(block), lengths.split(block)):
            rendered.append(render(*(part[rows, :int(length[-1])] for part in (delay, gain, cosine)), geometry.s["carrierFrequency"]))
        result.append(torch.cat(rendered)[order.argsort()])
    return torch.cat(result)


def rate(work, drops, seconds):
    """Drops per second of processor time, median of the runs after the first."""
    result, until = [], time.process_time() + seconds
    while len(result) < 4 or time.process_time() < until:
        start = time.process_time()
        work(drops)
        result.append(drops / (time.process_time() - start))
    return statistics.median(result[1:])


def figures(geometry, drops):
    """Means over drops, named as by `sim channels stats`, with their standard errors: both sides draw the same statistics."""
    rows = []
    for _ in range(0, drops, 50):
        delay, gain, _ = geometry.draw(50)
        power = torch.view_as_real(gain).square().sum(-1)
        weight = power / power.sum(1, keepdim=True)
        mean = (weight * delay).sum(1, keepdim=True)
        spread = (weight * (delay - mean).square()).sum(1).sqrt()
        scattered = power[:, 1:] if "lineOfSight" in geometry.s else power
        rows.append(torch.stack([(scattered > 0).sum(1).double(), 10 * power.sum(1).log10(), spread * 1e9], 1))
    rows = torch.cat(rows)
    for name, mean, error in zip(("n_mpc", "total_gain_dB", "ds_ns"), rows.mean(0), rows.std(0) / math.sqrt(len(rows))):
        print(f"{name:14} {mean:9.3f} ± {error:.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenario", default="indoor-hall-5ghz", help="indoor-hall-5ghz or semi-urban-300mhz-los")
    parser.add_argument("--seconds", type=float, default=3, help="processor time for which each is timed")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--figures", type=int, metavar="DROPS", help="print mean figures of that many drops instead, to compare with 'sim channels stats'")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    geometry = Geometry(arguments.scenario)
    if arguments.figures:
        figures(geometry, arguments.figures)
        raise SystemExit
    block = max(1, 4096 // int(geometry.draw(500)[1].ne(0).sum(1).double().mean()))
    rates = {
        "geometry": rate(lambda drops: geometry.draw(drops), max(100, block), arguments.seconds),
        "crop": rate(lambda drops: draw(geometry, crop, drops, block), 1000, arguments.seconds),
        "full": rate(lambda drops: draw(geometry, full, drops, max(1, block // 16)), 32, arguments.seconds),
    }
    print(json.dumps(rates) if arguments.json else "\n".join(f"{name}: {value:.0f} drops/s" for name, value in rates.items()))
