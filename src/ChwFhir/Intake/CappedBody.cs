namespace ChwFhir.Intake;

/// <summary>Reads a body up to a size; a larger one is not read to its end.</summary>
internal static class CappedBody
{
    /// <summary>The whole body, or null when there is more of it than <paramref name="most"/> bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, int most, CancellationToken cancellationToken)
    {
        var bytes = new byte[Math.Min(most, 16 * 1024) + 1];
        var length = 0;
        while (true)
        {
            var read = await body.ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return bytes.AsMemory(0, length);

            length += read;
            if (length > most)
                return null;
            if (length == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, most + 1L));
        }
    }
}
