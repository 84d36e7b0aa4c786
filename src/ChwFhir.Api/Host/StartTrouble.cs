using System.Text.RegularExpressions;
using ChwFhir.Ehr;
using ChwFhir.Fhir.Smart;
using ChwFhir.Queue;
using ChwFhir.Sandbox;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Host;

/// <summary>Why a start failed, in lines that a person can act on.</summary>
internal static partial class StartTrouble
{
    /// <returns>Null when the failure is a bug, not a setting.</returns>
    public static string? Explain(Exception failure, string? urls) => failure switch
    {
        ApiStartException or SandboxStartException or StorageInUseException => failure.Message,
        SmartKeyException unfit => $"Ehr__Auth__KeyFile: {unfit.Message}.",
        UnsupportedFhirReleaseException => AsWritten(failure.Message),
        OptionsValidationException invalid => string.Join(Environment.NewLine, invalid.Failures.Select(AsWritten)),
        IOException { InnerException: AddressInUseException } => $"{urls} is in use: free the port, or choose another address with --urls or ASPNETCORE_URLS.",
        IOException or FormatException or InvalidOperationException or System.Net.Sockets.SocketException or UriFormatException or ArgumentException => Setting(failure) ?? Address(failure, urls),
        AggregateException { InnerExceptions: [var only] } => Explain(only, urls),
        _ => failure.InnerException is { } inner ? Explain(inner, urls) : null,
    };

    private static string? Setting(Exception failure) =>
        Unbound().Match(failure.Message) is { Success: true } match
            ? $"{match.Groups["path"].Value.Replace(":", "__", StringComparison.Ordinal)}: '{match.Groups["value"].Value}' is no {Plain(match.Groups["type"].Value)}."
            : null;

    private static string? Address(Exception failure, string? urls)
    {
        if (failure is not (IOException { InnerException: System.Net.Sockets.SocketException } or System.Net.Sockets.SocketException)
            && failure.StackTrace?.Contains("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) is not true
            && failure.TargetSite?.DeclaringType != typeof(Microsoft.AspNetCore.Http.BindingAddress))
            return null;

        return failure is InvalidOperationException && urls?.Contains("https:", StringComparison.OrdinalIgnoreCase) is true
            ? $"{urls} needs a certificate: name one with Kestrel__Certificates__Default__Path, or give an http address with --urls or ASPNETCORE_URLS and let a proxy do the rest."
            : $"{urls} cannot be listened on: give an address of this machine with --urls or ASPNETCORE_URLS, as http://localhost:5080.";
    }

    private static string Plain(string type) => type switch
    {
        "System.TimeSpan" => "duration (as 00:00:10)",
        "System.Int32" or "System.Int64" => "whole number",
        "System.Boolean" => "true or false",
        _ => type.Split('.')[^1],
    };

    // Section:Name is Section__Name in the environment, which is how the settings are documented.
    private static string AsWritten(string line) => Path().Replace(Wrapped().Replace(line, "${line}"), path => path.Value.Replace(":", "__", StringComparison.Ordinal));

    [GeneratedRegex(@"\b[A-Z]\w*(:[A-Z]\w*)+")]
    private static partial Regex Path();

    // What the options of the framework put around the words of an attribute.
    [GeneratedRegex("^DataAnnotation validation failed for '.*' members: '.*' with the error: '(?<line>.*)'\\.$")]
    private static partial Regex Wrapped();

    [GeneratedRegex("^Failed to convert configuration value '(?<value>.*)' at '(?<path>[^']*)' to type '(?<type>[^']*)'")]
    private static partial Regex Unbound();
}
