using System.Text.Json.Nodes;
using ChwFhir.Ehr;
using ChwFhir.Queue;
using Microsoft.Extensions.DependencyInjection;

namespace ChwFhir.Journeys.SmartApp.WriteVisit;

/// <summary>What the form sent, as the store has it.</summary>
internal static class SentNotes
{
    public static async Task<JsonObject> OfAsync(Town town, string id)
    {
        var store = town.Services.GetRequiredService<NoteStore>();
        var note = await store.FindAsync(town.Services.GetRequiredService<EhrConnection>().Id, id, CancellationToken.None) ?? throw new InvalidOperationException($"No note {id}.");
        return JsonNode.Parse((await store.ReadContentAsync(note.Number, CancellationToken.None)).Input.Span)!.AsObject();
    }
}
