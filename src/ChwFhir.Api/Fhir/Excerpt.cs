using System.Text.Json.Nodes;

namespace ChwFhir.Api.Fhir;

/// <summary>Only a part of each resource, as <c>_summary</c> or <c>_elements</c> ask for it (R4, 3.1.1.5.8 and .9); what is left says of itself that it is not whole.</summary>
/// <param name="Elements">Those that stay, besides what has to; null: all of them.</param>
internal sealed record Excerpt(IReadOnlyList<string>? Elements, bool WithoutText, bool WithoutData)
{
    private static readonly Excerpt Data = new(null, true, false), Text = new(["text"], false, true);

    /// <summary>Null where the whole is asked for.</summary>
    /// <returns>False when it cannot be read.</returns>
    public static bool TryRead(FhirType type, string parameter, string value, out Excerpt? excerpt)
    {
        excerpt = (parameter, value) switch
        {
            ("_summary", "data") => Data,
            ("_summary", "text") => Text,
            ("_summary", "true") => new Excerpt(BaseElements.Summary(type.Name), true, true),
            ("_elements", _) => new Excerpt([.. value.Split(',', StringSplitOptions.TrimEntries).Select(name => name.StartsWith($"{type.Name}.", StringComparison.Ordinal) ? name[(type.Name.Length + 1)..] : name)], false, false),
            _ => null,
        };
        return excerpt switch
        {
            null => parameter == "_summary" && value is "false" or "count",
            { Elements: { } names } when parameter == "_elements" => names.All(name => name.Length > 0 && name.All(char.IsAsciiLetterOrDigit)),
            _ => true,
        };
    }

    /// <param name="resource">The caller's own copy.</param>
    public JsonObject Of(FhirType type, JsonObject resource)
    {
        var always = BaseElements.Always(type.Name);
        foreach (var name in resource.Select(member => member.Key).ToList())
        {
            var plain = name.TrimStart('_');
            if ((WithoutText && plain == "text") || (Elements is not null && !BaseElements.Everywhere.Contains(plain) && !always.Contains(plain) && !Elements.Any(one => Is(one, plain))))
                resource.Remove(name);
        }
        if (WithoutData)
        {
            foreach (var attachment in ElementPath.Values(resource, "content.attachment").OfType<JsonObject>())
                attachment.Remove("data");
        }
        if (resource["meta"] is not JsonObject meta)
            resource["meta"] = meta = [];
        if (meta["tag"] is not JsonArray tags)
            meta["tag"] = tags = [];
        tags.Add(new JsonObject { ["system"] = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", ["code"] = "SUBSETTED", ["display"] = "subsetted" });
        return resource;
    }

    // value is valueQuantity too, as search writes elements with a choice of type.
    private static bool Is(string element, string name) =>
        element == name || (name.StartsWith(element.TrimEnd('*'), StringComparison.Ordinal) && (element.EndsWith('*') || element is "value" or "onset" or "effective" or "occurrence" or "start" or "occurred" or "abatement")
            && name.Length > element.TrimEnd('*').Length && char.IsAsciiLetterUpper(name[element.TrimEnd('*').Length]));
}
