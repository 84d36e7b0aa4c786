namespace ChwFhir.Intake;

/// <summary>Reads a request's body, never more of it than may be taken.</summary>
public static class NoteBody
{
    /// <summary>The whole body; of a larger one than <see cref="IntakeOptions.MaxBytesWithAttachments"/> only that much and one byte, which the reader then answers as too large.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, IntakeOptions options, CancellationToken cancellationToken)
    {
        var most = options.MaxBytesWithAttachments;
        var bytes = new byte[16 * 1024];
        var length = 0;
        while (length <= most)
        {
            if (length == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(2L * bytes.Length, most + 1L));

            var read = await body.ReadAsync(bytes.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            length += read;
        }

        return bytes.AsMemory(0, Math.Min(length, most + 1));
    }
}
