using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace ChwFhir.Api.Host;

/// <summary>One line a sentence: the time, how bad it is if it is, the sentence. Of an exception its type and place; its message may carry input.</summary>
internal sealed class PlainConsole(TimeProvider clock) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(clock.GetLocalNow().ToString("HH:mm:ss ", System.Globalization.CultureInfo.InvariantCulture));
        textWriter.Write(logEntry.LogLevel switch
        {
            LogLevel.Critical => "FATAL ",
            LogLevel.Error => "ERROR ",
            LogLevel.Warning => "WARN  ",
            _ => "",
        });
        textWriter.WriteLine(logEntry.Formatter(logEntry.State, null));
        for (var exception = logEntry.Exception; exception is not null; exception = exception.InnerException)
        {
            textWriter.WriteLine($"  {exception.GetType().FullName}");
            textWriter.WriteLine(exception.StackTrace);
        }
    }
}
