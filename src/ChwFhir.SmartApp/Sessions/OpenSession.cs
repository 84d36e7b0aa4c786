using ChwFhir.Queue;

namespace ChwFhir.SmartApp.Sessions;

/// <summary>A session as one request has it: whoever sent it holds its secret.</summary>
public sealed class OpenSession(AppSessionRow row, Session body)
{
    public string Id => Row.Id;

    public AppSessionRow Row { get; set; } = row;

    public Session Body { get; set; } = body;

    /// <summary>The page that is asked for: where a choice of language leads back to.</summary>
    public string? Address { get; set; }

    /// <summary>The pages across patients that there are: <c>inbox</c>.</summary>
    public IReadOnlySet<string> Pages { get; set; } = new HashSet<string>();

    /// <summary>The parts of a page are read at once; one of them renews the token for all.</summary>
    public SemaphoreSlim Renewing { get; } = new(1);

    /// <summary>The EHR's sign-in gave no answer to this request: its other parts do not ask again.</summary>
    public bool IsNotRenewed { get; set; }

    /// <summary>The EHR takes the user's token no more and gives no other one.</summary>
    public bool IsOver { get; set; }
}
