using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.Api.Inputs;

/// <summary>What somebody can do whose id is here with other content, by whatever door they came.</summary>
internal static class OtherContent
{
    public static string Detail(InputKind kind, string noun = "document") => kind switch
    {
        { MayBeAmended: true } => $"A {noun} with this id is here with other content or for another patient. A new {noun} needs an id of its own; a changed one is amended: PUT /api/v1/visit-notes/{{id}} with the ETag of its status in If-Match.",
        _ => $"A {noun} with this id is here with other content or for another patient. Another {noun} needs an id of its own (X-Chw-Document-Id); where the first was wrong, retract it and send the right one under an id of its own.",
    };
}
