using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Experiments.Running;

/// <summary>Derives the seed of every generator from what it is for, so that none is shared and none depends on the order of work.</summary>
public static class SeedSequence
{
    /// <summary>The first 64 bits of SHA-256 over root seed, channel block, drop-block index and purpose.</summary>
    /// <param name="root">The root seed of the input file.</param>
    /// <param name="channel">Canonical text of the channel group; scheme, rate, SNR and precoder never enter.</param>
    /// <param name="block">Drop-block index, from 0.</param>
    /// <param name="purpose">What is drawn, e.g. <c>channel</c> or <c>estimation</c>.</param>
    /// <returns>The seed of one CPU generator.</returns>
    public static ulong Derive(ulong root, string channel, int block, string purpose)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{root}\n{channel}\n{block}\n{purpose}");
        return BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
