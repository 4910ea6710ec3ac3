"""The counterpart of TrainingStep in PyTorch: the same network, loss, optimiser and protocol."""
import sys
import time

import torch
from torch import nn


def refine():
    return nn.Sequential(
        nn.Conv2d(2, 8, 3, padding=1), nn.BatchNorm2d(8), nn.LeakyReLU(0.3),
        nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16), nn.LeakyReLU(0.3),
        nn.Conv2d(16, 2, 3, padding=1), nn.BatchNorm2d(2))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv2d(2, 2, 3, padding=1), nn.BatchNorm2d(2), nn.LeakyReLU(0.3), nn.Flatten())
        self.compress = nn.Linear(2048, 512)
        self.expand = nn.Linear(512, 2048)
        self.refine1 = refine()
        self.refine2 = refine()
        self.output = nn.Sequential(nn.Conv2d(2, 2, 3, padding=1), nn.Sigmoid())

    def forward(self, x):
        image = self.expand(self.compress(self.encoder(x))).view(-1, 2, 32, 32)
        image = nn.functional.leaky_relu(image + self.refine1(image), 0.3)
        image = nn.functional.leaky_relu(image + self.refine2(image), 0.3)
        return self.output(image)


torch.manual_seed(1)
network = Network()
# set_to_none=False is what optimizer.zero_grad does in TorchSharp and was PyTorch's default up to 1.13.
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
data = torch.rand(200, 2, 32, 32)


def step():
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(network(data), data)
    loss.backward()
    optimizer.step()


for line in sys.stdin:
    seconds = []
    for _ in range(int(line)):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    print(*seconds, flush=True)
