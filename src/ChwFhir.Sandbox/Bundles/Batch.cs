using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Bundles;

/// <summary>Each entry for itself: one that is refused leaves the others alone.</summary>
internal sealed class Batch(Interactions interactions, ServerAddress address)
{
    public async Task<FhirAnswer> CarryAsync(JsonObject bundle, FhirRequest whole, CancellationToken cancellationToken)
    {
        if (bundle["entry"] is not (null or JsonArray))
            throw new Refusal(400, "structure", "Bundle.entry is a list.", "Bundle.entry");
        var answers = new JsonArray();
        foreach (var (entry, index) in bundle["entry"].Array().Select((entry, index) => (entry, index)))
            answers.Add(Entry.Answered(await OneAsync(entry as JsonObject, index, whole, cancellationToken), address));
        var response = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "batch-response" };
        if (answers.Count > 0)
            response["entry"] = answers;
        return new(200, response.Text());
    }

    private async Task<FhirAnswer> OneAsync(JsonObject? entry, int index, FhirRequest whole, CancellationToken cancellationToken)
    {
        try
        {
            var request = Entry.Read(entry, index, address, whole).Request;
            if (request.Segments is [] && !request.IsRead)
                throw new Refusal(400, "not-supported", "A batch holds no batch.", $"Bundle.entry[{index}]");
            return await interactions.AnswerAsync(request, cancellationToken);
        }
        catch (Refusal refusal)
        {
            return refusal.Answer();
        }
    }
}
