using ChwFhir.Api.Identity;
using Microsoft.Extensions.Logging.Console;

namespace ChwFhir.Api.Host;

/// <summary>Which log lines are written: our own sentences, and of the framework what is wrong. Its request lines carry paths, and paths carry ids.</summary>
internal sealed class HostLog
{
    /// <summary>Until then a failure is told by <see cref="StartTrouble"/> in one line, not by the host with a stack.</summary>
    public bool Started { get; set; }
}

/// <summary>The log of the host, on the console.</summary>
internal static class HostLogging
{
    public static void LogPlainly(this IHostApplicationBuilder builder)
    {
        var log = new HostLog();
        builder.Services.AddSingleton(log);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // It warns that pages with a form are not cached; none of ours is.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        builder.Logging.AddFilter(typeof(LoopbackCaller).FullName, LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", level => log.Started && level >= LogLevel.Warning);
        builder.Logging.AddConsoleFormatter<PlainConsole, ConsoleFormatterOptions>();
        builder.Logging.AddConsole(console => console.FormatterName = PlainConsole.FormatName);
    }
}
