"""The geometry of two COST 2100 columns for one user and one base station at the origin, in plain PyTorch.

The same mathematics as the simulator's `Channels/Cost2100` in its reference mode, from the same parameter files: visibility regions within
reach, groups of them that share a cluster, local and twin clusters, link delays, correlated spreads, line of sight.
"""
import json
import math
import pathlib

import torch

SCENARIOS = pathlib.Path(__file__).resolve().parent.parent / "Channels" / "Cost2100" / "Scenarios"
LIGHT, DEGREE, DOUBLE = 3e8, math.pi / 180, torch.float64
SPREADS = ["delaySpread", "departureElevationDegrees", "departureAzimuthDegrees", "arrivalElevationDegrees", "arrivalAzimuthDegrees"]


def uniform(*shape):
    return torch.rand(*shape, dtype=DOUBLE)


def normal(*shape):
    return torch.randn(*shape, dtype=DOUBLE)


def length(vectors):
    """Length of vectors whose coordinates are the first axis; several times quicker than torch.norm over a short axis."""
    return vectors.square().sum(0).sqrt()


def disc(count, radius):
    """Points uniform in a disc."""
    angle, distance = uniform(*count) * (2 * math.pi), uniform(*count).sqrt() * radius
    return torch.stack([distance * angle.cos(), distance * angle.sin()])


class Geometry:
    """Draws the paths of drops: delay [s], gain without the carrier's phase, and cosine of the departure azimuth."""

    def __init__(self, name):
        self.s = s = json.loads((SCENARIOS / f"{name}.json").read_text())
        self.core = (s["cellRadius"] / (s["visibilityRadius"] - s["transitionWidth"])) ** 2
        self.reach = (s["visibilityRadius"] / s["cellRadius"]) ** 2
        logarithms = [(0.0, s.get("shadowingDecibels", 0) * math.log(10) / 10)] + [self.log_normal(s[key]) for key in SPREADS]
        self.medians = torch.tensor([median for median, _ in logarithms], dtype=DOUBLE)
        matrix = torch.eye(6, dtype=DOUBLE)
        for i, row in enumerate(s["correlations"]):
            for j, value in enumerate(row):
                matrix[i, i + 1 + j] = matrix[i + 1 + j, i] = value
        self.mixing = torch.linalg.cholesky(matrix).T * torch.tensor([deviation for _, deviation in logarithms], dtype=DOUBLE)

    @staticmethod
    def log_normal(parameter):
        """Mean and standard deviation of the logarithm."""
        if "mean" in parameter:
            variance = math.log(1 + (parameter["deviation"] / parameter["mean"]) ** 2)
            return math.log(parameter["mean"]) - variance / 2, math.sqrt(variance)
        return math.log(parameter["median"]), parameter["sigmaDecibels"] * math.log(10) / 10

    def spreads(self, count):
        """Shadowing, delay [s], and the four angular extents [°] of clusters."""
        return (normal(count, 6) @ self.mixing + self.medians).exp().T

    def regions(self, drops):
        """Users that are in a region; number of all regions, and the distances of those within reach, padded."""
        s = self.s
        visible = torch.full((drops,), s["visibleClusters"], dtype=DOUBLE)
        if s.get("randomVisibleClusters"):
            visible = torch.poisson(visible).clamp(min=1)
        total = (visible * self.core).round()
        number = torch.binomial(total, torch.full_like(total, self.reach)).long()
        seen = number > 0
        total, number = total[seen], number[seen]
        user = (uniform(len(total), 2) - 0.5) * s["areaSide"]
        exists = torch.arange(int(number.max())) < number.unsqueeze(1)                             # [B, V]
        offset = disc(exists.shape, s["visibilityRadius"])
        wavelength, width = LIGHT / s["carrierFrequency"], s["transitionWidth"]
        steepness = 2 * math.sqrt(2) / math.sqrt(wavelength * width)
        gain = 0.5 - ((length(offset) + width - s["visibilityRadius"]) * steepness).atan() / math.pi
        return user, total, exists, (offset + user.T.unsqueeze(-1)).movedim(0, -1), gain * exists

    def grouped(self, user, total, exists, centre, gain):
        """Regions that share a cluster: the larger gain counts, and the reference may be any member."""
        shared = self.s["sharedRegions"]
        others = torch.poisson(torch.full(exists.shape, shared, dtype=DOUBLE))
        others = (others + (uniform(*exists.shape) < shared / (1 + shared))) * exists
        ends = others.cumsum(1)
        ticket = uniform(*exists.shape) * total.unsqueeze(1)
        joins = exists & (ticket < ends - others)
        slot = torch.arange(exists.shape[1]).expand(exists.shape)
        cluster = torch.where(joins, torch.searchsorted(ends, ticket, right=True).clamp(max=exists.shape[1] - 1), slot)
        cluster = cluster.gather(1, cluster)
        companion = torch.zeros_like(slot).scatter(1, cluster, torch.where(joins, slot, 0))
        companions = torch.zeros_like(slot).scatter_add(1, cluster, joins.long())
        best = torch.zeros_like(gain).scatter_reduce(1, cluster, gain, "amax")
        member = (uniform(*exists.shape) * (others + 1)).floor()
        tries = disc((*exists.shape, 2), self.s["cellRadius"])
        far = length(tries - user.T.reshape(2, -1, 1, 1)) >= self.s["visibilityRadius"]
        elsewhere = torch.where(far[..., 0], tries[..., 0], tries[..., 1]).movedim(0, -1)
        known = centre.gather(1, companion.unsqueeze(-1).expand_as(centre))
        reference = torch.where((member == 0).unsqueeze(-1), centre, elsewhere)
        reference = torch.where(((member == 1) & (companions == 1)).unsqueeze(-1), known, reference)
        return torch.where(joins, 0, best), reference

    def ellipsoid(self, azimuth, elevation, distance, delay, azimuth_extent, elevation_extent, offset):
        """Scatterers [3, C, N_p] about the observer; semi-axes are three standard deviations."""
        flat = torch.zeros_like(azimuth)
        outwards = torch.stack([elevation.cos() * azimuth.cos(), elevation.cos() * azimuth.sin(), elevation.sin()])
        sideways = torch.stack([-azimuth.sin(), azimuth.cos(), flat])
        upwards = torch.stack([-elevation.sin() * azimuth.cos(), -elevation.sin() * azimuth.sin(), elevation.cos()])
        axes = [outwards * (delay * LIGHT / 6), sideways * (distance * (azimuth_extent * DEGREE / 2).tan() / 3),
                upwards * (distance * (elevation_extent * DEGREE / 2).tan() / 3)]
        centre = outwards * distance
        points = centre.unsqueeze(-1) + sum(axis.unsqueeze(-1) * turn for axis, turn in zip(axes, offset))
        return centre, points

    def amplitudes(self, *shape):
        """Complex Gaussian, of unit power in each cluster."""
        parts = normal(*shape, self.s["components"], 2)
        return torch.view_as_complex(parts / parts.square().sum((-2, -1), keepdim=True).sqrt())

    def far(self, user, gain, reference):
        """Twin and single-bounce clusters, padded to [B, K·N_p]."""
        s = self.s
        drop, slot = (gain > 0).nonzero(as_tuple=True)                                             # [C]
        rank = (gain > 0).cumsum(1)[drop, slot] - 1
        gain, reference, user = gain[drop, slot], reference[drop, slot], user[drop]
        count = len(drop)
        shadowing, delay, departure_elevation, departure_azimuth, arrival_elevation, arrival_azimuth = self.spreads(count)
        twin = uniform(count) >= s["singleBounceShare"]
        least, most = s["clusterDistance"]
        distance = uniform(count) * (most - least) + least
        bearing = torch.atan2(reference[:, 1], reference[:, 0])
        turns = normal(4, count)
        azimuth = lambda turn: bearing + (turn * s["clusterAzimuthDegrees"][1] + s["clusterAzimuthDegrees"][0]) * DEGREE
        elevation = lambda turn: (turn * s["clusterElevationDegrees"][1] + s["clusterElevationDegrees"][0]) * DEGREE
        offset = normal(3, count, s["components"])
        origin, departure = self.ellipsoid(azimuth(turns[0]), elevation(turns[1]), distance, delay, departure_azimuth, departure_elevation, offset)
        beyond = distance * (departure_azimuth * DEGREE / 2).tan() / (arrival_azimuth * DEGREE / 2).tan()
        target, arrival = self.ellipsoid(azimuth(turns[2]), elevation(turns[3]), beyond, delay, arrival_azimuth, arrival_elevation, offset)
        seen_from = torch.cat([reference.T, torch.zeros(1, count, dtype=DOUBLE)])
        arrival = torch.where(twin.unsqueeze(-1), arrival + seen_from.unsqueeze(-1), departure)
        target = torch.where(twin, target + seen_from, origin)
        mean, shortest = s["linkDelay"]
        link = torch.where(twin, shortest - mean * uniform(count).log(), 0)
        ground = torch.cat([user.T, torch.zeros(1, count, dtype=DOUBLE)])
        over = (distance + length(target - ground)) / LIGHT + link
        power = ((over.clamp(max=s["cutOffDelay"]) - length(ground) / LIGHT) * -s["decayRate"]).exp()
        gains = self.amplitudes(count) * ((power * shadowing).sqrt() * gain).unsqueeze(-1)
        delay = (length(departure) + length(arrival - ground.unsqueeze(-1))) / LIGHT + link.unsqueeze(-1)
        cosine = departure[0] / length(departure[:2]).clamp(min=1e-100)
        shape = (int(drop[-1]) + 1, int(rank.max()) + 1, s["components"])
        padded = [torch.zeros(shape, dtype=values.dtype) for values in (delay, gains, cosine)]
        for values, into in zip((delay, gains, cosine), padded):
            into[drop, rank] = values
        return [values.flatten(1) for values in padded]

    def local(self, centre, user):
        """A flat disc about the base station or the user."""
        shadowing, delay = self.spreads(len(centre))[:2]
        points = normal(3, len(user), self.s["components"]) * (delay * LIGHT / 6).unsqueeze(-1)
        points[2] /= 20
        points[:2] += centre.T.unsqueeze(-1)
        onwards = torch.cat([points[:2] - user.T.unsqueeze(-1), points[2:]])
        gain = self.amplitudes(len(user)) * shadowing.sqrt().unsqueeze(-1)
        return (length(points) + length(onwards)) / LIGHT, gain, points[0] / length(points[:2])

    def draw(self, drops):
        """At least drops·0.9 drops (those in no region are thrown away): delay, gain, cosine [B, P]."""
        s = self.s
        user, total, exists, centre, gain = self.regions(drops)
        gain, reference = self.grouped(user, total, exists, centre, gain) if s.get("sharedRegions", 0) > 0 else (gain, centre)
        clusters = [self.far(user, gain, reference)]
        if s.get("localClusterAtUser"):
            clusters.insert(0, self.local(user, user))
        if s.get("localClusterAtBaseStation"):
            clusters.insert(0, self.local(torch.zeros_like(user), user))
        delay, gain, cosine = (torch.cat(parts, 1) for parts in zip(*clusters))
        straight = length(user.T).unsqueeze(1)
        gain = gain * (10 ** (147.56 / 20) / s["carrierFrequency"] / straight)
        if direct := s.get("lineOfSight"):
            corner = uniform(2, len(user)) * (direct["cutOffDistance"] - direct["visibilityRadius"])
            present = (straight[:, 0] <= direct["cutOffDistance"]) & (length(user.T - corner) <= direct["visibilityRadius"])
            decibels = normal(len(user)) * direct["ricianDeviationDecibels"] + direct["ricianFactorDecibels"]
            amplitude = (10 ** (decibels / 10) * present * torch.view_as_real(gain).square().sum((1, 2))).sqrt()
            gain = torch.cat([amplitude.unsqueeze(1).to(gain.dtype), gain], 1)
            delay = torch.cat([straight / LIGHT, delay], 1)
            cosine = torch.cat([user[:, :1] / straight, cosine], 1)
        return delay, gain, cosine
