using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ChwFhir.Api.Imports;

/// <summary>
/// What an import has brought in so far, a line each: broken off, it goes on from there. A document is known by its bytes, so that one that was changed since
/// is sent again; the service itself keeps the same document only once.
/// </summary>
internal sealed class ImportJournal : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, bool> done = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim one = new(1);
    private readonly StreamWriter file;

    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public ImportJournal(string path)
    {
        if (File.Exists(path))
            foreach (var line in File.ReadLines(path).Where(line => line.Length >= 64))
                done.TryAdd(line[..64], true);
        // Hashes alone, of whole documents; still nobody else's matter.
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        file = new StreamWriter(new FileStream(path, options)) { AutoFlush = true };
    }

    /// <param name="service">To which it was brought: another one has not got it.</param>
    public static string NameOf(Uri service, ImportDocument document)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (string?[])[service.AbsoluteUri, document.ContentType, document.Patient, document.Encounter, document.DocumentId])
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(part + "\n"));
        hash.AppendData(document.Body.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public bool Has(string name) => done.ContainsKey(name);

    public async Task AddAsync(string name, CancellationToken cancellationToken)
    {
        if (!done.TryAdd(name, true))
            return;
        await one.WaitAsync(cancellationToken);
        try
        {
            await file.WriteLineAsync(name.AsMemory(), cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        one.Dispose();
    }
}
