using System.Text.Encodings.Web;
using System.Text.Json;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Benchmarks.Fhir;

/// <summary>The floor: what someone writes who knows this Bundle and nothing else, with no check for what it does not hold.</summary>
internal static partial class VisitBundleByHand
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Utf8JsonWriter to, Bundle bundle)
    {
        to.WriteStartObject();
        to.WriteString("resourceType"u8, "Bundle"u8);
        to.WriteString("type"u8, "transaction"u8);
        to.WriteStartArray("entry"u8);
        foreach (var entry in bundle.Entry)
        {
            to.WriteStartObject();
            to.WriteString("fullUrl"u8, entry.FullUrl);
            to.WritePropertyName("resource"u8);
            Write(to, entry.Resource!);
            to.WriteStartObject("request"u8);
            to.WriteString("method"u8, "POST"u8);
            to.WriteString("url"u8, entry.Request!.Url);
            to.WriteString("ifNoneExist"u8, entry.Request.IfNoneExist);
            to.WriteEndObject();
            to.WriteEndObject();
        }

        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, Resource resource)
    {
        to.WriteStartObject();
        to.WriteString("resourceType"u8, resource.TypeName);
        to.WriteStartObject("meta"u8);
        if (resource is not Communication)
        {
            to.WriteStartArray("profile"u8);
            foreach (var profile in resource.Meta!.Profile)
                to.WriteStringValue(profile);
            to.WriteEndArray();
        }

        Codings(to, "tag"u8, resource.Meta!.Tag);
        to.WriteEndObject();
        var text = ((DomainResource)resource).Text!;
        to.WriteStartObject("text"u8);
        to.WriteString("status"u8, "generated"u8);
        to.WriteString("div"u8, text.Div);
        to.WriteEndObject();
        switch (resource)
        {
            case Encounter encounter: Write(to, encounter); break;
            case CarePlan plan: Write(to, plan); break;
            case Communication communication: Write(to, communication); break;
            case DocumentReference document: Write(to, document); break;
            case Observation observation: Write(to, observation); break;
            case Goal goal: Write(to, goal); break;
        }

        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, Encounter encounter)
    {
        Identifiers(to, encounter.Identifier);
        to.WriteString("status"u8, "finished"u8);
        to.WritePropertyName("class"u8);
        Coding(to, encounter.Class!);
        Concepts(to, "type"u8, encounter.Type);
        Reference(to, "subject"u8, encounter.Subject!);
        to.WriteStartArray("participant"u8);
        foreach (var participant in encounter.Participant)
        {
            to.WriteStartObject();
            Concepts(to, "type"u8, participant.Type);
            Reference(to, "individual"u8, participant.Individual!);
            to.WriteEndObject();
        }

        to.WriteEndArray();
        Period(to, "period"u8, encounter.Period!);
        Concepts(to, "reasonCode"u8, encounter.ReasonCode);
        Reference(to, "serviceProvider"u8, encounter.ServiceProvider!);
    }

    private static void Write(Utf8JsonWriter to, CarePlan plan)
    {
        Identifiers(to, plan.Identifier);
        to.WriteString("status"u8, "active"u8);
        to.WriteString("intent"u8, "plan"u8);
        Concepts(to, "category"u8, plan.Category);
        to.WriteString("title"u8, plan.Title);
        Reference(to, "subject"u8, plan.Subject!);
        Reference(to, "encounter"u8, plan.Encounter!);
        Period(to, "period"u8, plan.Period!);
        to.WriteString("created"u8, plan.Created);
        Reference(to, "author"u8, plan.Author!);
        References(to, "goal"u8, plan.Goal);
        to.WriteStartArray("activity"u8);
        foreach (var activity in plan.Activity)
        {
            var detail = activity.Detail!;
            to.WriteStartObject();
            to.WriteStartObject("detail"u8);
            to.WriteString("kind"u8, "Task"u8);
            Concept(to, "code"u8, detail.Code!);
            to.WriteString("status"u8, "in-progress"u8);
            to.WriteBoolean("doNotPerform"u8, detail.DoNotPerform!.Value);
            Period(to, "scheduledPeriod"u8, (Period)detail.Scheduled!);
            References(to, "performer"u8, detail.Performer);
            to.WriteString("description"u8, detail.Description);
            to.WriteEndObject();
            to.WriteEndObject();
        }

        to.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter to, Communication communication)
    {
        Identifiers(to, communication.Identifier);
        to.WriteString("status"u8, "completed"u8);
        Concepts(to, "category"u8, communication.Category);
        to.WriteString("priority"u8, "urgent"u8);
        Reference(to, "subject"u8, communication.Subject!);
        Reference(to, "encounter"u8, communication.Encounter!);
        to.WriteString("sent"u8, communication.Sent);
        References(to, "recipient"u8, communication.Recipient);
        Reference(to, "sender"u8, communication.Sender!);
        to.WriteStartArray("payload"u8);
        foreach (var payload in communication.Payload)
        {
            to.WriteStartObject();
            to.WriteString("contentString"u8, ((FhirString)payload.Content!).Value);
            to.WriteEndObject();
        }

        to.WriteEndArray();
        Notes(to, communication.Note);
    }

    private static void Write(Utf8JsonWriter to, DocumentReference document)
    {
        Identifiers(to, document.Identifier);
        to.WriteString("status"u8, "current"u8);
        to.WriteString("docStatus"u8, "final"u8);
        Concept(to, "type"u8, document.Type!);
        Concepts(to, "category"u8, document.Category);
        Reference(to, "subject"u8, document.Subject!);
        to.WriteString("date"u8, document.Date!.Value);
        References(to, "author"u8, document.Author);
        to.WriteStartArray("content"u8);
        foreach (var content in document.Content)
        {
            var attachment = content.Attachment!;
            to.WriteStartObject();
            to.WriteStartObject("attachment"u8);
            to.WriteString("contentType"u8, attachment.ContentType);
            to.WriteString("language"u8, attachment.Language);
            to.WriteBase64String("data"u8, attachment.Data);
            to.WriteString("title"u8, attachment.Title);
            to.WriteString("creation"u8, attachment.Creation);
            to.WriteEndObject();
            to.WriteEndObject();
        }

        to.WriteEndArray();
        to.WriteStartObject("context"u8);
        References(to, "encounter"u8, document.Context!.Encounter);
        Period(to, "period"u8, document.Context.Period!);
        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, Observation observation)
    {
        var value = (Quantity)observation.Value!;
        Identifiers(to, observation.Identifier);
        to.WriteString("status"u8, "final"u8);
        Concepts(to, "category"u8, observation.Category);
        Concept(to, "code"u8, observation.Code!);
        Reference(to, "subject"u8, observation.Subject!);
        Reference(to, "encounter"u8, observation.Encounter!);
        to.WriteString("effectiveDateTime"u8, ((FhirDateTime)observation.Effective!).Value);
        References(to, "performer"u8, observation.Performer);
        to.WriteStartObject("valueQuantity"u8);
        to.WriteNumber("value"u8, value.Value!.Value);
        to.WriteString("unit"u8, value.Unit);
        to.WriteString("system"u8, value.System);
        to.WriteString("code"u8, value.Code);
        to.WriteEndObject();
        Notes(to, observation.Note);
    }

    private static void Write(Utf8JsonWriter to, Goal goal)
    {
        Identifiers(to, goal.Identifier);
        to.WriteString("lifecycleStatus"u8, "active"u8);
        Concept(to, "achievementStatus"u8, goal.AchievementStatus!);
        Concept(to, "description"u8, goal.Description!);
        Reference(to, "subject"u8, goal.Subject!);
        to.WriteString("startDate"u8, ((Date)goal.Start!).Value);
        to.WriteStartArray("target"u8);
        foreach (var target in goal.Target)
        {
            to.WriteStartObject();
            Concept(to, "measure"u8, target.Measure!);
            to.WriteString("detailString"u8, ((FhirString)target.Detail!).Value);
            to.WriteString("dueDate"u8, ((Date)target.Due!).Value);
            to.WriteEndObject();
        }

        to.WriteEndArray();
        to.WriteString("statusDate"u8, goal.StatusDate);
        Reference(to, "expressedBy"u8, goal.ExpressedBy!);
        Notes(to, goal.Note);
    }

    private static void Identifiers(Utf8JsonWriter to, List<Identifier> identifiers)
    {
        to.WriteStartArray("identifier"u8);
        foreach (var identifier in identifiers)
        {
            to.WriteStartObject();
            to.WriteString("use"u8, "official"u8);
            to.WriteString("system"u8, identifier.System);
            to.WriteString("value"u8, identifier.Value);
            to.WriteEndObject();
        }

        to.WriteEndArray();
    }

    private static void Coding(Utf8JsonWriter to, Coding coding)
    {
        to.WriteStartObject();
        to.WriteString("system"u8, coding.System);
        to.WriteString("code"u8, coding.Code);
        if (coding.Display is not null)
            to.WriteString("display"u8, coding.Display);
        to.WriteEndObject();
    }

    private static void Codings(Utf8JsonWriter to, ReadOnlySpan<byte> name, List<Coding> codings)
    {
        if (codings.Count == 0)
            return;
        to.WriteStartArray(name);
        foreach (var coding in codings)
            Coding(to, coding);
        to.WriteEndArray();
    }

    private static void Concept(Utf8JsonWriter to, ReadOnlySpan<byte> name, CodeableConcept concept)
    {
        to.WritePropertyName(name);
        Concept(to, concept);
    }

    private static void Concept(Utf8JsonWriter to, CodeableConcept concept)
    {
        to.WriteStartObject();
        Codings(to, "coding"u8, concept.Coding);
        if (concept.Text is not null)
            to.WriteString("text"u8, concept.Text);
        to.WriteEndObject();
    }

    private static void Concepts(Utf8JsonWriter to, ReadOnlySpan<byte> name, List<CodeableConcept> concepts)
    {
        to.WriteStartArray(name);
        foreach (var concept in concepts)
            Concept(to, concept);
        to.WriteEndArray();
    }

    private static void Reference(Utf8JsonWriter to, ReadOnlySpan<byte> name, ResourceReference reference)
    {
        to.WritePropertyName(name);
        Reference(to, reference);
    }

    private static void Reference(Utf8JsonWriter to, ResourceReference reference)
    {
        to.WriteStartObject();
        to.WriteString("reference"u8, reference.Reference);
        if (reference.Display is not null)
            to.WriteString("display"u8, reference.Display);
        to.WriteEndObject();
    }

    private static void References(Utf8JsonWriter to, ReadOnlySpan<byte> name, List<ResourceReference> references)
    {
        to.WriteStartArray(name);
        foreach (var reference in references)
            Reference(to, reference);
        to.WriteEndArray();
    }

    private static void Period(Utf8JsonWriter to, ReadOnlySpan<byte> name, Period period)
    {
        to.WriteStartObject(name);
        to.WriteString("start"u8, period.Start);
        if (period.End is not null)
            to.WriteString("end"u8, period.End);
        to.WriteEndObject();
    }

    private static void Notes(Utf8JsonWriter to, List<Annotation> notes)
    {
        to.WriteStartArray("note"u8);
        foreach (var note in notes)
        {
            to.WriteStartObject();
            if (note.Author is ResourceReference author)
                Reference(to, "authorReference"u8, author);
            if (note.Time is not null)
                to.WriteString("time"u8, note.Time);
            to.WriteString("text"u8, note.Text);
            to.WriteEndObject();
        }

        to.WriteEndArray();
    }
}
