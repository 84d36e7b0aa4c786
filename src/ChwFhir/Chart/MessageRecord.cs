using System.Globalization;
using System.Text;
using System.Security.Cryptography;
using ChwFhir.CareTeam;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>A message and its answers as FHIR Communications; a message that a note tells only by its answers, since the note's own resources have it.</summary>
internal static class MessageRecord
{
    public static IEnumerable<Bundle.EntryComponent> Of(MessageView message)
    {
        var name = Urn($"message/{message.Id}");
        if (message.Note is null)
            yield return Entry(name, Said(message.Patient, message.From.Reference ?? message.From.Role, message.SentAt, message.Text, message.To, null));
        foreach (var reply in message.Replies.Where(reply => reply.Text is not null))
            yield return Entry(Urn($"message/{message.Id}/{reply.Id}"), Said(message.Patient, reply.By, reply.At, reply.Text!, message.From.Reference is { } sender ? [sender] : [message.From.Role], message.Note is null ? name : null));
    }

    private static Communication Said(string patient, string by, DateTimeOffset at, string text, IReadOnlyList<string> to, string? answers)
    {
        var communication = new Communication
        {
            Status = EventStatus.Completed,
            Subject = new ResourceReference(patient),
            Sent = at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            Sender = Person(by),
            Payload = [new Communication.PayloadComponent { Content = new FhirString(text) }],
        };
        communication.Recipient.AddRange(to.Select(Person));
        if (answers is not null)
            communication.InResponseTo.Add(new ResourceReference(answers));
        return communication;
    }

    private static ResourceReference Person(string who) => who.Contains('/', StringComparison.Ordinal) ? new ResourceReference(who) : new ResourceReference { Display = who };

    private static Bundle.EntryComponent Entry(string name, Communication said) => new() { FullUrl = name, Resource = said };

    // The same message has the same name in every record.
    private static string Urn(string name) => $"urn:uuid:{new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16))}";
}
