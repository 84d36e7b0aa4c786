using System.Threading.Channels;

namespace ChwFhir.Api.Imports;

/// <summary>
/// Result lines on their way to the caller. Many callers send everything before they read anything: what they have not read yet waits in a file, so that
/// neither memory grows nor both sides wait for each other.
/// </summary>
internal sealed class ResultSpool : IAsyncDisposable
{
    private const FileOptions Passing = FileOptions.Asynchronous | FileOptions.DeleteOnClose;

    private readonly SemaphoreSlim one = new(1);
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileStream file;
    private long written;

    public ResultSpool()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = Passing, BufferSize = 0 };
        // Ids stand in it: nobody else of the machine reads them.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
    }

    public async Task AddAsync(ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            await RandomAccess.WriteAsync(file.SafeFileHandle, line, written, cancellationToken);
            Interlocked.Add(ref written, line.Length);
        }
        finally
        {
            one.Release();
        }
        news.Writer.TryWrite(true);
    }

    /// <summary>Nothing will be added any more.</summary>
    public void Complete() => news.Writer.TryComplete();

    /// <summary>Hands everything on as it comes, until <see cref="Complete"/>.</summary>
    public async Task CopyToAsync(Stream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var at = 0L;
        bool more;
        do
        {
            more = await news.Reader.WaitToReadAsync(cancellationToken);
            while (news.Reader.TryRead(out _))
            {
            }
            for (var end = Interlocked.Read(ref written); at < end;)
            {
                var count = await RandomAccess.ReadAsync(file.SafeFileHandle, buffer.AsMemory(0, (int)Math.Min(buffer.Length, end - at)), at, cancellationToken);
                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                at += count;
            }
            await to.FlushAsync(cancellationToken);
        }
        while (more);
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        one.Dispose();
    }
}
