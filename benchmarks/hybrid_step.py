"""The counterpart of `TrainingStep hybrid` in PyTorch: the same network with the same weights, loss, optimiser, drops and protocol."""
import json
import math
import pathlib
import struct
import sys
import time

import torch
from torch import nn
from torch.nn import functional

DELAYS = ANTENNAS = 32
CHANNELS, BLOCKS, HEADS, HIDDEN, PREDICTORS = 16, 2, 2, 48, 6
STEP, BATCH, LAMBDA, CLIP = 8.0, 32, 0.04, 1.0
EDGE, CENTROID, PRICE, SMALLEST, SLOPE = 1 / 3, 0.1, 0.08, 1e-9, 0.125
FIXED, DECAY = 4, 0.75
ROWS = [(0, -6, -1), (0, 1, 3), (1, -5, 5), (2, -3, 3), (3, -2, 2), (4, -1, 1), (5, 0, 0)]
MODEL = pathlib.Path(__file__).resolve().parent.parent / "models" / "hybrid-indoor-los.safetensors"


def squash(values, unit):
    return values / (values.abs() + unit)


def rectify(values):
    return functional.leaky_relu(values, SLOPE)


def causal_places():
    """The bins coded before each bin, D·A standing for none."""
    bins = DELAYS * ANTENNAS
    for place in range(bins):
        delay, antenna = divmod(place, ANTENNAS)
        for back, first, last in ROWS:
            for shift in range(first, last + 1):
                other = (delay - back) * ANTENNAS + (antenna + shift) % ANTENNAS
                yield other if 0 <= other < place and 2 * abs(shift) <= ANTENNAS else bins


def sizes_of(magnitudes):
    octaves = ((magnitudes + 1).log2() + 1e-6).floor()
    return octaves + (magnitudes + 1) * (octaves * -math.log(2)).exp() - 1


class LevelPrior(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("places", torch.tensor(list(causal_places())))
        self.count = len(self.places) // (DELAYS * ANTENNAS)
        outputs = FIXED + 2 * PREDICTORS
        self.real = nn.Parameter(torch.zeros(self.count, PREDICTORS))
        self.imaginary = nn.Parameter(torch.zeros(self.count, PREDICTORS))
        self.rows = nn.Parameter(torch.zeros(DELAYS, HIDDEN))
        self.columns = nn.Parameter(torch.zeros(ANTENNAS, HIDDEN))
        self.first = nn.Linear(self.count + 4 * PREDICTORS + 8, HIDDEN, bias=False)
        self.second = nn.Linear(HIDDEN, HIDDEN)
        self.third = nn.Linear(HIDDEN, outputs)
        self.secondImaginary = nn.Linear(HIDDEN, HIDDEN)
        self.extraImaginary = nn.Linear(2 + PREDICTORS, HIDDEN, bias=False)
        self.thirdImaginary = nn.Linear(HIDDEN, outputs)

    def forward(self, levels):
        count, bins = levels.shape[0], levels.shape[1]
        sizes = levels.abs().sum(-1, keepdim=True)
        known = functional.pad(torch.cat([levels, sizes_of(sizes)], -1), (0, 0, 0, 1))
        near = known.index_select(1, self.places).reshape(count, bins, self.count, 3)
        near_real, near_imaginary = near.select(-1, 0), near.select(-1, 1)
        real = near_real.matmul(self.real) - near_imaginary.matmul(self.imaginary)
        imaginary = near_imaginary.matmul(self.real) + near_real.matmul(self.imaginary)
        inputs = [near.select(-1, 2), squash(real, 1), squash(real, 8), squash(imaginary, 1), squash(imaginary, 8), self.sums(levels, sizes)]
        bias = (self.rows.unsqueeze(1) + self.columns.unsqueeze(0)).reshape(1, bins, HIDDEN)
        hidden = rectify(self.first(torch.cat(inputs, -1)) + bias)
        own = levels.narrow(-1, 0, 1)
        extra = torch.cat([squash(own, 1), sizes_of(own.abs()), squash(own - real, 1)], -1)
        first = self.part(self.third(rectify(self.second(hidden))), real)
        second = self.part(self.thirdImaginary(rectify(self.secondImaginary(hidden) + self.extraImaginary(extra))), imaginary)
        return torch.stack([first, second], 2)

    def part(self, outputs, predicted):
        gates = outputs.narrow(-1, FIXED, 2 * PREDICTORS).unflatten(2, (2, PREDICTORS))
        means = (gates * predicted.unsqueeze(-2)).sum(-1)
        return torch.cat([outputs.narrow(-1, 0, 1), means, outputs.narrow(-1, 1, 2).clamp(-6, 8), outputs.narrow(-1, 3, 1)], -1)

    def sums(self, levels, sizes):
        count = levels.shape[0]
        total = 2 * DELAYS * ANTENNAS / (32 * 32 * 2 ** -STEP)
        squares = levels.square().sum(-1)
        left = (total - (squares.cumsum(1) - squares)).clamp_min(0).unsqueeze(-1)
        grid = sizes.reshape(count, DELAYS, ANTENNAS)
        row = grid.sum(-1, keepdim=True)
        earlier = functional.pad(row, (0, 0, 2, 0))
        history = torch.tensor([[DECAY ** (after - before - 1) if before < after else 0.0 for before in range(DELAYS)] for after in range(DELAYS)])
        sums = torch.stack(
            [
                history.matmul(grid), grid.cumsum(2) - grid,
                earlier.narrow(1, 1, DELAYS).expand(count, DELAYS, ANTENNAS), earlier.narrow(1, 0, DELAYS).expand(count, DELAYS, ANTENNAS),
            ],
            -1)
        step = torch.full((count, DELAYS * ANTENNAS, 1), STEP / 16)
        return torch.cat([left / total, left / (left + 30), left / (left + 500), squash(sums, 8).reshape(count, -1, 4), step], -1)


class AxialAttention(nn.Module):
    def __init__(self, tokens):
        super().__init__()
        self.positions = nn.Parameter(torch.zeros(tokens, CHANNELS))
        self.input = nn.Linear(CHANNELS, 3 * CHANNELS)
        self.output = nn.Linear(CHANNELS, CHANNELS)

    def forward(self, image):
        tokens, width = image.shape[2], CHANNELS // HEADS
        parts = self.input(image + self.positions).reshape(-1, tokens, 3 * HEADS, width).transpose(1, 2)
        query, key, value = parts.narrow(1, 0, HEADS), parts.narrow(1, HEADS, HEADS), parts.narrow(1, 2 * HEADS, HEADS)
        scores = query.matmul(key.transpose(-2, -1)) / math.sqrt(width)
        mixed = functional.softmax(scores, -1).matmul(value).transpose(1, 2).reshape(image.shape)
        return image + self.output(mixed)


class RefinementBlock(nn.Module):
    def __init__(self):
        super().__init__()
        self.delays = AxialAttention(DELAYS)
        self.angles = AxialAttention(ANTENNAS)
        self.convolution1 = nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1)
        self.convolution2 = nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1)

    def forward(self, image):
        lines = self.angles(image.permute(0, 2, 3, 1))
        attended = self.delays(lines.transpose(1, 2)).permute(0, 3, 2, 1).contiguous()
        return attended + self.convolution2(rectify(self.convolution1(rectify(attended))))


class Refinement(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Conv2d(2, CHANNELS, (5, 7), padding=(2, 3))
        self.outlook = nn.Conv2d(8, CHANNELS, 3, padding=1)
        self.block0 = RefinementBlock()
        self.block1 = RefinementBlock()
        self.output = nn.Conv2d(CHANNELS, 2, 3, padding=1)

    def forward(self, levels, expected, step):
        size = (levels.abs().sum(1, keepdim=True) + 1).log() / 4
        image = squash(self.linear(levels), 1) + self.outlook(torch.cat([size, expected, (step / 16).expand_as(size)], 1))
        image = self.block1(self.block0(image))
        return levels + levels.sign() * CENTROID + self.output(rectify(image))


def bits_of(levels, outlook):
    zero, means, share = outlook.select(-1, 0), outlook.narrow(-1, 1, 2), outlook.select(-1, 5).sigmoid()
    inverses = (outlook.narrow(-1, 3, 2) * -math.log(2)).exp()
    sign, magnitude, one = levels.sign(), levels.abs(), torch.ones_like(levels)

    def above(edge, side):
        parts = ((side.unsqueeze(-1) * means - edge.unsqueeze(-1)) * inverses).sigmoid()
        return share * parts.select(-1, 0) + (1 - share) * parts.select(-1, 1)

    mass = above(magnitude - EDGE, sign) - above(magnitude + (1 - EDGE), sign)
    tails = above(one * (1 - EDGE), one) + above(one * (1 - EDGE), -one)
    other = -(-zero).sigmoid().clamp_min(SMALLEST).log2() - mass.clamp_min(SMALLEST).log2() + tails.clamp_min(SMALLEST).log2()
    return torch.where(levels.eq(0), -zero.sigmoid().clamp_min(SMALLEST).log2(), other)


def expected_of(outlook):
    share = outlook.select(-1, 5).sigmoid()
    mean = share * outlook.select(-1, 1) + (1 - share) * outlook.select(-1, 2)
    scales = (outlook.narrow(-1, 3, 2) * math.log(2)).exp()
    scale = share * scales.select(-1, 0) + (1 - share) * scales.select(-1, 1)
    return torch.cat([squash(mean, 4), squash(scale, 1), outlook.select(-1, 0).sigmoid()], -1)


def image_of(bins):
    return bins.transpose(1, 2).reshape(bins.shape[0], -1, DELAYS, ANTENNAS)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.prior = LevelPrior()
        self.refinement = Refinement()

    def forward(self, crops, random):
        width = 32 * 2 ** (-0.5 * STEP)
        loudness = 2 ** (-torch.rand(16, dtype=torch.float64, generator=random)[0].item() / 8)
        levels = self.choose(crops.flatten(1, 2) * (loudness / width))
        outlook = self.prior(levels)
        bits = bits_of(levels, outlook).sum([1, 2])
        step = torch.full((1, 1, 1, 1), STEP).expand(crops.shape[0], 1, 1, 1)
        rebuilt = self.refinement(image_of(levels), image_of(expected_of(outlook.detach())), step) * (step * (-0.5 * math.log(2))).exp() * 32
        return (rebuilt / loudness).permute(0, 2, 3, 1), bits

    @torch.no_grad()
    def choose(self, values):
        plain = values.sign() * (values.abs() + EDGE).floor()
        outlook = self.prior(plain)
        best = torch.zeros_like(plain)
        cost = values.square() + bits_of(best, outlook) * PRICE
        for less in (1, 0):
            level = values.sign() * (plain.abs() - less).clamp_min(0)
            found = (values - level - level.sign() * CENTROID).square() + bits_of(level, outlook) * PRICE
            better = found.lt(cost)
            best, cost = torch.where(better, level, best), torch.where(better, found, cost)
        return best


def shipped_weights():
    content = bytearray(MODEL.read_bytes())
    start = 8 + struct.unpack("<Q", content[:8])[0]
    for name, entry in json.loads(content[8:start]).items():
        if name.startswith("network."):
            dtype = {"F16": torch.float16, "F32": torch.float32, "I64": torch.int64}[entry["dtype"]]
            first, end = entry["data_offsets"]
            yield name[len("network."):], torch.frombuffer(content[start + first:start + end], dtype=dtype).reshape(entry["shape"])


network = Network()
network.load_state_dict(dict(shipped_weights()))
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
random = torch.Generator().manual_seed(1)
draws = torch.randn(BATCH * DELAYS * ANTENNAS * 2, dtype=torch.float64, generator=random).reshape(BATCH, DELAYS, 1, ANTENNAS, 2)
draws = draws * (torch.arange(DELAYS, dtype=torch.float64) / -4).exp().reshape(1, -1, 1, 1, 1)
data = torch.view_as_complex((draws / draws.square().sum([1, 2, 3, 4], keepdim=True).sqrt()).float())
unit = math.sqrt(2 * DELAYS * ANTENNAS)
told = False


def step():
    global told
    optimizer.zero_grad()
    crops = torch.view_as_real(data.transpose(1, 2).flatten(0, 1).contiguous()) * unit
    rebuilt, bits = network(crops, random)
    rebuilt = torch.view_as_complex((rebuilt / unit).reshape(BATCH, 1, DELAYS, ANTENNAS, 2).transpose(1, 2).contiguous())
    error = torch.view_as_real(rebuilt - data).square().sum([1, 2, 3, 4])
    distortion = (error / torch.view_as_real(data).square().sum([1, 2, 3, 4]).clamp(1e-30)).mean()
    loss = (distortion + bits.mean() * LAMBDA * 2 ** -STEP).log()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), CLIP)
    optimizer.step()
    # Both sides begin alike.
    if not told:
        print(f"PyTorch     loss of the first step {loss.item():.4f}", file=sys.stderr)
    told = True


for line in sys.stdin:
    seconds = []
    for _ in range(int(line)):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    print(*seconds, flush=True)
