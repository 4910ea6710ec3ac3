using System.Text;

namespace Tests.Support;

/// <summary>Files in NumPy's format with any header, sound or not.</summary>
internal static class NpyBytes
{
    /// <summary>Writes a file.</summary>
    public static void Write(string path, byte version, string type, string order, string shape, byte[] data)
    {
        var text = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': {order}, 'shape': {shape}, }}\n");
        var length = BitConverter.GetBytes(text.Length).AsSpan(0, version == 1 ? 2 : 4).ToArray();
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data]);
    }
}
