using System.Text.RegularExpressions;
using ChwFhir.Sandbox.Search;

namespace ChwFhir.Sandbox.Rest;

/// <summary>A literal reference: type and id on this server, or an empty type and the whole address of something elsewhere.</summary>
internal sealed partial record Reference(string Type, string Id)
{
    public static Reference? Read(string? text, ServerAddress address)
    {
        if (string.IsNullOrEmpty(text) || text.StartsWith('#'))
            return null;
        if (address.Local(text) is not { } local)
            return new("", text);
        return local.Split('/') is [var type, var id, ..] && SearchParameters.IsType(type) && IsId(id) ? new(type, id) : new("", text);
    }

    public static bool IsId(string id) => Form().IsMatch(id);

    [GeneratedRegex(@"\A[A-Za-z0-9\-.]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
