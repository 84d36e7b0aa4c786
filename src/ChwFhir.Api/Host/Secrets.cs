using Microsoft.Extensions.Configuration.CommandLine;

namespace ChwFhir.Api.Host;

/// <summary>Settings that are secrets: from the environment, or from the file that <c>…File</c> beside them names, as orchestrators mount them. Never from the command line, which every user of the machine can read.</summary>
internal static class Secrets
{
    private const int Largest = 64 * 1024;

    private static readonly string[] Names = ["Ehr:Auth:Token", "Storage:ConnectionString", "Storage:Key", "CareTeam:Notify:Smtp", "CareTeam:Notify:Webhook"];

    public static void TakeSecretsFromFiles(this WebApplicationBuilder builder)
    {
        List<string> faults = [];
        foreach (var name in Names)
            Take(builder, name, faults);
        if (faults.Count > 0)
            throw new ApiStartException(faults);
    }

    private static void Take(WebApplicationBuilder builder, string name, List<string> faults)
    {
        var written = name.Replace(":", "__", StringComparison.Ordinal);
        if (!builder.Environment.IsDevelopment() && IsOnCommandLine(builder.Configuration, name))
            faults.Add($"{written}: is a secret and does not belong on the command line; set it in the environment, or {written}File to a file with it.");
        if (builder.Configuration[name + "File"] is not { Length: > 0 } file)
            return;
        if (builder.Configuration[name] is { Length: > 0 })
            faults.Add($"{written} and {written}File: one of them, not both.");
        else if (Read(file) is { } secret)
            builder.Configuration[name] = secret;
        else
            faults.Add($"{written}File: cannot be read, is empty, or is larger than {Largest / 1024} KiB.");
    }

    private static string? Read(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: <= Largest } && File.ReadAllText(file).Trim() is { Length: > 0 } secret ? secret : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsOnCommandLine(IConfiguration settings, string name) =>
        settings is IConfigurationRoot root && root.Providers.OfType<CommandLineConfigurationProvider>().Any(provider => provider.TryGet(name, out var value) && !string.IsNullOrEmpty(value));
}
