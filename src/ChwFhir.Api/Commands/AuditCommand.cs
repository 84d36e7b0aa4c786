using System.Net.Http.Json;
using ChwFhir.Api.Audit;
using ChwFhir.Api.Host;
using ChwFhir.Api.Identity;
using ChwFhir.Audit;
using ChwFhir.Queue;

namespace ChwFhir.Api.Commands;

/// <summary>
/// <c>audit verify [--head HEAD]… [--accept-cuts]</c> follows every link of the audit log and says which record was changed, taken out, put in or cut off; <c>audit export</c>
/// writes it as FHIR AuditEvent, a line each. A running service is asked; else the store is opened here. Exit code 0: done, and the log holds; 1: it does
/// not hold; 2: it could not be done.
/// </summary>
internal static class AuditCommand
{
    public const string Name = "audit";

    private const int DoesNotHold = 1;
    private const int NotDone = 2;
    private const string AcceptCuts = "--accept-cuts";
    private const string Usage = "audit verify [--head HEAD]… [--accept-cuts] | audit export, with --token where the service that runs asks for one";

    public static async Task<int> RunAsync(string[] args)
    {
        var acceptsCuts = args.Contains(AcceptCuts);
        args = [.. args.Where(arg => arg != AcceptCuts)];
        if (args is not [("verify" or "export") and var what, .. var rest] || Heads(rest, out var settings) is not { } heads)
        {
            await Console.Error.WriteLineAsync(Usage);
            return NotDone;
        }

        var (urls, token) = (ApiHost.DefaultUrl, default(string));
        try
        {
            var builder = StoreForCommand.Builder(settings);
            builder.Services.AddAuditLog(builder.Configuration);
            (urls, token) = (builder.Configuration["urls"] is { Length: > 0 } given ? given : urls, builder.Configuration["token"]);
            // Opened and not started: nothing listens, nothing is sent.
            await using var app = builder.Build();
            var audit = app.Services.GetRequiredService<AuditLog>();
            if (what == "verify")
                return Say(AuditState.Of(await audit.VerifyAsync(heads, acceptsCuts, CancellationToken.None)));
            await using var output = Console.OpenStandardOutput();
            await AuditExport.WriteAsync(audit, output, CancellationToken.None);
            return 0;
        }
        // Whoever has not the store's key may still be told by the service, which has it.
        catch (Exception closed) when (closed is StorageInUseException or ApiStartException)
        {
            return await AskServiceAsync(ServiceAddress.Of(urls), token, what, heads, acceptsCuts, closed.Message);
        }
        catch (Exception failure) when (StartTrouble.Explain(failure, urls) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return NotDone;
        }
    }

    private static async Task<int> AskServiceAsync(Uri service, string? token, string what, IReadOnlyList<AuditHead> heads, bool acceptsCuts, string whyNotHere)
    {
        using var http = new HttpClient { BaseAddress = service, Timeout = TimeSpan.FromMinutes(30) };
        if (token is null)
            http.DefaultRequestHeaders.Add(LoopbackCaller.RoleHeader, "privacy");
        else
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var path = what == "export" ? "api/v1/audit/export" : $"api/v1/audit/verification?{string.Join('&', heads.Select(head => $"head={Uri.EscapeDataString(head.ToString())}").Append($"acceptCuts={(acceptsCuts ? "true" : "false")}"))}";
        try
        {
            using var answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
            if (!answer.IsSuccessStatusCode)
            {
                await Console.Error.WriteLineAsync($"The service at {service} does not tell ({(int)answer.StatusCode}): give a token with the role privacy with --token, or stop it first.");
                return NotDone;
            }
            if (what == "verify")
                return Say((await answer.Content.ReadFromJsonAsync<AuditState>(CancellationToken.None))!);
            await using var output = Console.OpenStandardOutput();
            await answer.Content.CopyToAsync(output, CancellationToken.None);
            return 0;
        }
        catch (Exception nobody) when (nobody is HttpRequestException or TaskCanceledException or System.Text.Json.JsonException)
        {
            await Console.Error.WriteLineAsync($"{whyNotHere} No service answers at {service} either; --urls says where it is.");
        }
        return NotDone;
    }

    private static int Say(AuditState state)
    {
        Console.Out.WriteLine($"{state.Records} records in {state.Heads.Count} {(state.Heads.Count == 1 ? "chain" : "chains")}.");
        foreach (var head in state.Heads)
            Console.Out.WriteLine($"  {head}");
        foreach (var cut in state.Cuts)
            Console.Out.WriteLine($"  {cut}");
        foreach (var fault in state.Faults)
            Console.Out.WriteLine(fault.Detail);
        Console.Out.WriteLine(state.Holds ? "Every link holds." : "The log is not as it was written.");
        return state.Holds ? 0 : DoesNotHold;
    }

    // Null where something is no head.
    private static List<AuditHead>? Heads(string[] args, out string[] settings)
    {
        List<AuditHead> heads = [];
        List<string> others = [];
        for (var i = 0; i < args.Length; i++)
        {
            var value = args[i] == "--head" ? i + 1 < args.Length ? args[++i] : "" : args[i].StartsWith("--head=", StringComparison.Ordinal) ? args[i]["--head=".Length..] : null;
            if (value is null)
                others.Add(args[i]);
            else if (AuditHead.Read(value) is { } head)
                heads.Add(head);
            else
                heads = null!;
            if (heads is null)
                break;
        }
        settings = [.. others];
        return heads;
    }
}
