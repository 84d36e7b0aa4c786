using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Store;

namespace ChwFhir.Sandbox.Epic;

/// <summary>
/// Charts and resources that the caller may not see, or that are not what they were. Which state one is in, its <c>meta.tag</c> of the system
/// <see cref="System"/> says; a merged chart is known by its <c>link</c>, a restricted one by <c>meta.security</c>, as in the open server.
/// </summary>
internal static class ChartState
{
    public const string System = "urn:chwfhir:sandbox:chart";
    public const string Deleted = "deleted";
    public const string MoreData = "more-data";
    public const string PreCharting = "pre-charting";
    private const string NotForThisUser = "not-for-this-user";
    private const string BreakTheGlass = "break-the-glass";

    public static bool Has(Session session, StoredResource resource, string state) => Tags(session, resource.Type, resource.Id).Contains(state);

    /// <param name="toldOf">The status where the chart is only named by a request for something else: a read of itself answers 410 or a redirect.</param>
    public static void Refuse(Session session, StoredResource resource, int? toldOf = null)
    {
        if (Refusal(session, resource, toldOf) is { } refusal)
            throw refusal;
    }

    /// <summary>Whether a search leaves it out: of what a caller may not see it says nothing.</summary>
    public static bool IsHidden(Session session, StoredResource resource) => Refusal(session, resource, 400)?.Status == 403;

    private static Refusal? Refusal(Session session, StoredResource resource, int? toldOf)
    {
        if (resource.Deleted)
            return Numbers.Refused(toldOf ?? 410, "4103");
        if (Own(session, resource, toldOf) is { } own)
            return own;
        return resource is { Type: not "Patient", Patient: { } id } && session.Find("Patient", id) is { } patient ? Closed(session, patient) : null;
    }

    private static Refusal? Own(Session session, StoredResource resource, int? toldOf)
    {
        if (Closed(session, resource) is { } closed)
            return closed;
        if (resource.Type != "Patient" || Json.Stored(resource.Json)["link"].Objects().FirstOrDefault(link => link["type"].String() == "replaced-by") is not { } replaced)
            return null;
        var survivor = replaced["other"]?["reference"].String();
        var issue = Numbers.Issue("4107", $"The surviving patient is {survivor}.");
        return toldOf is { } status ? new(status, [issue]) : new(301, [issue]) { Location = survivor };
    }

    private static Refusal? Closed(Session session, StoredResource resource)
    {
        if (resource.Restricted)
            return Numbers.Refused(403, "4131");
        var tags = Tags(session, resource.Type, resource.Id);
        if (tags.Contains(NotForThisUser))
            return Numbers.Refused(403, "4118");
        return tags.Contains(BreakTheGlass) ? Numbers.Refused(403, "4130") : null;
    }

    private static List<string> Tags(Session session, string type, string id) => session.Sql.All("""
        SELECT t.value FROM resource r JOIN token t ON t.row = r.row AND t.param = '_tag' AND t.system = $2 WHERE r.type = $0 AND r.id = $1
        """, row => row.GetString(0), type, id, System);
}
