namespace ChwFhir.WriteBack.Inputs;

/// <summary>
/// Inputs of megabytes are read a few at a time: more at once would be no faster, and the memory that one takes while it is read would be taken by each of them. Those before them in the row are done within a second.
/// </summary>
internal static class BigInputs
{
    private const int Big = 1024 * 1024;

    private static readonly SemaphoreSlim Turns = new(2);

    internal static async Task<InputReading> ReadAsync(int bytes, Func<InputReading> read, CancellationToken cancellationToken)
    {
        if (bytes <= Big)
            return read();

        await Turns.WaitAsync(cancellationToken);
        try
        {
            return read();
        }
        finally
        {
            Turns.Release();
        }
    }
}
