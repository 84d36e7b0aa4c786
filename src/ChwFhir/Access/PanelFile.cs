using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChwFhir.Access;

/// <summary>
/// The site's own list of people, by the subject of their token. It is read again when it changes; one that has a fault stops the start, and later leaves the last good
/// one in force, loudly.
/// </summary>
public sealed partial class PanelFile
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);
    private readonly string? path;
    private readonly TimeProvider time;
    private readonly ILogger<PanelFile> logger;
    private readonly Lock gate = new();
    private IReadOnlyDictionary<string, PanelEntry> people = new Dictionary<string, PanelEntry>();
    private (DateTime WrittenAt, long Length)? read;
    private long lookedAt;

    public PanelFile(IOptions<AccessOptions> options, TimeProvider time, ILogger<PanelFile> logger)
    {
        (path, this.time, this.logger) = (options.Value.PanelFile, time, logger);
        if (path is not null)
            (people, read, lookedAt) = (Load(path, []), Stamp(path), time.GetTimestamp());
    }

    /// <summary>Null for who does not stand in it.</summary>
    public PanelEntry? Of(string subject) => People().GetValueOrDefault(subject);

    public IReadOnlyDictionary<string, PanelEntry> People()
    {
        if (path is null)
            return people;
        lock (gate)
        {
            if (time.GetElapsedTime(lookedAt) < LookAgainAfter)
                return people;
            lookedAt = time.GetTimestamp();
            var stamp = Stamp(path);
            if (stamp == read)
                return people;
            read = stamp;
            List<string> faults = [];
            var anew = Load(path, faults);
            if (faults.Count > 0)
            {
                Log.Kept(logger, string.Join("; ", faults));
                return people;
            }
            Log.Read(logger, anew.Count);
            return people = anew;
        }
    }

    /// <summary>What is wrong with a file; nothing when it can be used.</summary>
    public static IReadOnlyList<string> Faults(string path)
    {
        List<string> faults = [];
        _ = Load(path, faults);
        return faults;
    }

    private static IReadOnlyDictionary<string, PanelEntry> Load(string path, List<string> faults)
    {
        try
        {
            return PanelFileReading.Read(File.ReadAllBytes(path), faults);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            faults.Add("it cannot be read");
            return new Dictionary<string, PanelEntry>();
        }
    }

    // Of what is read, not of a link to it: where a secret is mounted, the links stay as they are when it changes.
    private static (DateTime, long)? Stamp(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return (File.GetLastWriteTimeUtc(file), RandomAccess.GetLength(file));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Auth__PanelFile has changed and has faults; the last good one stays in force: {Faults}.")]
        public static partial void Kept(ILogger logger, string faults);

        [LoggerMessage(LogLevel.Information, "Auth__PanelFile was read anew: {People} people.")]
        public static partial void Read(ILogger logger, int people);
    }
}
