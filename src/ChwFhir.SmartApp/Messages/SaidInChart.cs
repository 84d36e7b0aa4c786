using ChwFhir.Fhir.Model;

namespace ChwFhir.SmartApp.Messages;

/// <summary>A Communication of the chart in words.</summary>
public sealed record SaidInChart(string Text, string? From, string? Sent)
{
    /// <summary>Null when it says nothing in words.</summary>
    public static SaidInChart? Of(Communication communication)
    {
        var text = string.Join('\n', communication.Payload.Select(payload => (payload.Content as FhirString)?.Value).Where(words => !string.IsNullOrWhiteSpace(words)));
        return text.Length == 0 ? null : new SaidInChart(text, communication.Sender?.Display, communication.Sent ?? communication.Received);
    }
}
