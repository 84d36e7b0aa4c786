using ChwFhir.Fhir.Smart;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Ehr;

/// <summary>The keys of <c>Ehr:Auth:KeyFile</c>.</summary>
public static partial class BackendKeys
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>A line in the log for each file that others on the machine may read.</summary>
    /// <exception cref="SmartKeyException">They cannot be used.</exception>
    public static SmartKeys Load(string files, ILogger logger)
    {
        foreach (var file in SmartKeys.Paths(files))
        {
            if (!OperatingSystem.IsWindows() && File.Exists(file) && (File.GetUnixFileMode(file) & Others) != 0)
                Log.Open(logger, file);
        }

        return SmartKeys.Load(files);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The private key in {File} can be read by others on this machine: chmod 600.")]
        public static partial void Open(ILogger logger, string file);
    }
}
