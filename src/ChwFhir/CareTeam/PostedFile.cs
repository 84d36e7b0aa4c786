using System.Text.Json;
using ChwFhir.Intake;
using ChwFhir.Intake.Shapes;

namespace ChwFhir.CareTeam;

/// <summary>What somebody files to the chart, as it is sent in.</summary>
/// <param name="Reply">Id of their reply; null: their message, or that they have seen it.</param>
internal sealed record PostedFile(string? Reply)
{
    private static readonly Part<PostedFile> Shape = new(file => new PostedFile(file.Text("reply")));

    /// <summary>Nothing and an empty object say the same.</summary>
    public static (PostedFile? Posted, MessageAnswer? Refusal) Read(ReadOnlyMemory<byte> body) =>
        body.IsEmpty || SaysNothing(body) ? (new PostedFile((string?)null), null) : PostedJson.Read(body, Shape);

    private static bool SaysNothing(ReadOnlyMemory<byte> body)
    {
        using var json = StrictJson.Parse(body, out _);
        return json?.RootElement is { ValueKind: JsonValueKind.Object } order && !order.EnumerateObject().Any();
    }
}
