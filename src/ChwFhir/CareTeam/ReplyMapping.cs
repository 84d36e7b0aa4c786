using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using Concepts = ChwFhir.Mapping.Concepts;

namespace ChwFhir.CareTeam;

/// <summary>A reply as FHIR: a Communication that answers the message's. It stays with the service.</summary>
internal static class ReplyMapping
{
    public static byte[] Map(StoredMessage message, TeamCaller by, ReplyBody reply, long id, DateTimeOffset sent, MappingOptions options)
    {
        var identity = $"{(message.NoteId is { } note ? $"{note}/{message.Key}" : $"message/{message.Number}")}";
        var communication = new Communication
        {
            Status = EventStatus.Completed,
            Subject = message.Patient.StartsWith("Patient/", StringComparison.Ordinal) ? new ResourceReference(message.Patient) : null,
            Sent = FhirTime.Of(sent),
            Sender = by.Self.Contains('/', StringComparison.Ordinal) ? new ResourceReference(by.Self) : new ResourceReference { Display = by.Role },
        };
        communication.Identifier.Add(new Identifier(options.IdentifierSystem, $"{identity}/reply/{id}"));
        communication.InResponseTo.Add(new ResourceReference { Type = "Communication", Identifier = new Identifier(options.IdentifierSystem, identity) });
        communication.Category.Add(Concepts.Of(Systems.CommunicationCategory, "notification", "Notification"));
        communication.Payload.Add(new Communication.PayloadComponent { Content = new FhirString(reply.Text) });
        if (message.Sender is { } sender && sender.Contains('/', StringComparison.Ordinal) && !sender.Contains('|', StringComparison.Ordinal))
            communication.Recipient.Add(new ResourceReference(sender));
        return FhirJson.ToBytes(communication);
    }
}
