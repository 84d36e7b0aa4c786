using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace ChwFhir.Api.Imports;

/// <summary>
/// Result lines on their way to the caller. Many callers send everything before they read anything: what they have not read yet waits in a file, so that
/// neither memory grows nor both sides wait for each other. The file is sealed with a key that only this process has: one that a kill leaves behind says nothing.
/// </summary>
internal sealed class ResultSpool : IAsyncDisposable
{
    private const FileOptions Passing = FileOptions.Asynchronous | FileOptions.DeleteOnClose;

    // Of each line: how long it is, its tag, then itself. Where a line begins is said once, and makes its nonce.
    private const int Tag = 16;
    private const int Head = sizeof(int) + Tag;

    // One to seal with and one to open with: an AesGcm serves one thread at a time, and lines come while others go.
    private readonly AesGcm seal;
    private readonly AesGcm unseal;
    private readonly SemaphoreSlim one = new(1);
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly FileStream file;
    private long written;

    public ResultSpool()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        seal = new AesGcm(key, Tag);
        unseal = new AesGcm(key, Tag);
        CryptographicOperations.ZeroMemory(key);
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
            var whole = Seal(line.Span, written);
            await RandomAccess.WriteAsync(file.SafeFileHandle, whole, written, cancellationToken);
            Interlocked.Add(ref written, whole.Length);
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
                var head = await ReadAsync(at, Head, cancellationToken);
                var line = await ReadAsync(at + Head, BinaryPrimitives.ReadInt32LittleEndian(head), cancellationToken);
                unseal.Decrypt(Nonce(at), line, head.AsSpan(sizeof(int)), line);
                await to.WriteAsync(line, cancellationToken);
                at += Head + line.Length;
            }
            await to.FlushAsync(cancellationToken);
        }
        while (more);
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        one.Dispose();
        seal.Dispose();
        unseal.Dispose();
    }

    private byte[] Seal(ReadOnlySpan<byte> line, long at)
    {
        var whole = new byte[Head + line.Length];
        BinaryPrimitives.WriteInt32LittleEndian(whole, line.Length);
        seal.Encrypt(Nonce(at), line, whole.AsSpan(Head), whole.AsSpan(sizeof(int), Tag));
        return whole;
    }

    private async Task<byte[]> ReadAsync(long at, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var more = await RandomAccess.ReadAsync(file.SafeFileHandle, bytes.AsMemory(have), at + have, cancellationToken);
            have += more > 0 ? more : throw new EndOfStreamException();
        }
        return bytes;
    }

    private static byte[] Nonce(long at)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(nonce, at);
        return nonce;
    }
}
