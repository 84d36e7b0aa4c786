using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake.Screenings;

/// <summary>A form without what says nothing and no server has to take: members that R4 does not have, lists with nothing in them, texts of white space alone. Pure.</summary>
internal static class PlainForm
{
    /// <param name="json">The bytes that <paramref name="root"/> was read from.</param>
    /// <param name="issues">What was odd about it as it was read.</param>
    /// <param name="blanks">The JSON Pointers of texts that were left out.</param>
    public static QuestionnaireResponse Of(QuestionnaireResponse response, ReadOnlySpan<byte> json, JsonElement root, IReadOnlyList<FhirJsonIssue> issues, out IReadOnlyList<string> blanks)
    {
        List<string[]> odd = [.. issues.Where(issue => issue.Code is FhirJsonIssueCode.UnknownMember or FhirJsonIssueCode.EmptyList).Select(issue => issue.Path.Replace("]", "", StringComparison.Ordinal).Split('.', '[')[1..])];
        List<string[]> blank = [];
        Blanks(root, [], blank);
        blanks = [.. blank.Select(steps => "/" + string.Join('/', steps.Select(step => step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal))))];
        odd.AddRange(blank);
        if (odd.Count == 0 || JsonNode.Parse(json) is not { } form)
            return response;

        foreach (var steps in odd)
            Remove(form, steps);
        return FhirJson.Read<QuestionnaireResponse>(JsonSerializer.SerializeToUtf8Bytes(form)).Resource ?? response;
    }

    private static void Blanks(JsonElement it, List<string> path, List<string[]> to)
    {
        if (it.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in it.EnumerateObject())
            {
                path.Add(member.Name);
                if (member.Value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(member.Value.GetString()))
                    to.Add([.. path]);
                Blanks(member.Value, path, to);
                path.RemoveAt(path.Count - 1);
            }
        }
        else if (it.ValueKind == JsonValueKind.Array)
        {
            var at = 0;
            foreach (var item in it.EnumerateArray())
            {
                path.Add((at++).ToString(CultureInfo.InvariantCulture));
                Blanks(item, path, to);
                path.RemoveAt(path.Count - 1);
            }
        }
    }

    // What is left empty by it goes too; items of lists keep their places.
    private static void Remove(JsonNode form, ReadOnlySpan<string> steps)
    {
        if (steps.Length == 0 || Find(form, steps[..^1]) is not JsonObject owner || !owner.Remove(steps[^1]) || owner.Count > 0 || owner == form)
            return;
        var parent = steps[..^1];
        if (Find(form, parent[..^1]) is JsonObject)
            Remove(form, parent);
        else if (Find(form, parent[..^1]) is JsonArray { Count: 1 })
            Remove(form, parent[..^1]);
    }

    private static JsonNode? Find(JsonNode form, ReadOnlySpan<string> steps)
    {
        JsonNode? at = form;
        foreach (var step in steps)
            at = at switch
            {
                JsonObject item => item[step],
                JsonArray list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < list.Count => list[place],
                _ => null,
            };
        return at;
    }
}
