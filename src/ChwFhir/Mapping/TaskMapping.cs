using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>A message that needs a reply: a Task for its first recipient, due by urgency.</summary>
internal static class TaskMapping
{
    internal static void AddReply(Draft draft, NoteMessage message, MappedResource mapped, Communication communication, bool held)
    {
        var task = new FhirTask
        {
            Meta = Concepts.Claims(OwnProfiles.ReplyTask),
            Status = FhirTask.TaskStatus.Requested,
            Intent = FhirTask.TaskIntent.Order,
            Priority = communication.Priority,
            Code = Concepts.Text("Reply to the message"),
            Focus = new ResourceReference(mapped.FullUrl),
            For = draft.Patient(),
            Encounter = draft.Encounter(),
            AuthoredOn = draft.When,
            Requester = draft.Author(),
            Owner = communication.Recipient is [var first, ..] ? new ResourceReference { Reference = first.Reference, Display = first.Display } : null,
            Restriction = new FhirTask.RestrictionComponent { Period = new Period { End = FhirTime.Of(draft.Note.When + draft.Options.ReplyDue.Of(UrgencyOf(communication, message))) } },
        };

        draft.Add(draft.TakeKey($"{mapped.Key}/task"), task, held);
    }

    /// <summary>The urgency that the message went out with.</summary>
    private static Urgency UrgencyOf(Communication communication, NoteMessage message) => communication.Priority switch
    {
        RequestPriority.Stat => Urgency.Stat,
        RequestPriority.Asap => Urgency.Asap,
        RequestPriority.Urgent => Urgency.Urgent,
        _ => message.Urgency,
    };
}
