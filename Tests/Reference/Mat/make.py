"""Makes the .mat files of this folder with SciPy 1.10.1 and NumPy; run it in the folder."""
import struct

import numpy
from scipy.io import savemat

# H[i, j, k] = 100 i + 10 j + k + 1j (i - j + k / 2)
i, j, k = numpy.meshgrid(numpy.arange(3), numpy.arange(4), numpy.arange(2), indexing="ij")
H = 100 * i + 10 * j + k + 1j * (i - j + k / 2)
savemat("plain.mat", {"H": H, "note": "measured in the hall", "parts": {"a": 1}})
savemat("compressed.mat", {"H": H.astype("complex64"), "note": "measured in the hall"}, do_compression=True)

# One array of each class, x[i, j] = 10 i + j.
x = 10 * numpy.arange(2)[:, None] + numpy.arange(3)
names = ["float64", "float32", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
savemat("classes.mat", {"v_" + name: x.astype(name) for name in names} | {"cells": numpy.array([1, "a"], dtype=object), "sign": numpy.array([[-3, 5]], dtype="int16")})

# One value that is not a number.
savemat("nan.mat", {"H": numpy.where(H == H[1, 2, 1], numpy.nan, H)})

# The CsiNet layouts, made as the public evaluation code reads them: 4 antennas, 3 samples.
random = numpy.random.default_rng(1)
crop = (random.uniform(-0.5, 0.5, (3, 4, 32)) + 1j * random.uniform(-0.5, 0.5, (3, 4, 32))).astype("complex64")  # [sample][angle][delay]
HT = numpy.concatenate([crop.real.reshape(3, -1), crop.imag.reshape(3, -1)], axis=1) + 0.5
HF = numpy.fft.fft(numpy.concatenate([crop, numpy.zeros((3, 4, 257 - 32))], axis=2), axis=2)[:, :, :125]
savemat("csinet.mat", {"HT": HT.astype("float32")}, do_compression=True)
savemat("csinet-frequency.mat", {"HF_all": HF.reshape(3, -1).astype("complex64")}, do_compression=True)


# The array H of plain.mat in big-endian order, which SciPy reads but does not write; doubles stored as 16-bit integers, as MATLAB does.
def element(kind, data):
    return struct.pack(">II", kind, len(data)) + data + bytes(-len(data) % 8)


twice = numpy.asfortranarray(2 * H)
body = element(6, struct.pack(">II", 0x806, 0)) + element(5, struct.pack(">iii", 3, 4, 2)) + struct.pack(">HH4s", 1, 1, b"H")
body += element(3, twice.real.ravel("F").astype(">i2").tobytes()) + element(3, twice.imag.ravel("F").astype(">i2").tobytes())
head = b"MATLAB 5.0 MAT-file, by hand".ljust(116) + bytes(8) + b"\x01\x00MI"
open("big-endian.mat", "wb").write(head + struct.pack(">II", 14, len(body)) + body)
