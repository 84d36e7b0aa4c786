using System.Text.Json;

namespace ChwFhir.Benchmarks.Fhir;

/// <summary>The floor of reading: plain objects with the members that this Bundle has, names compared one after the other, everything else skipped.</summary>
internal static partial class VisitBundleByHand
{
    public static PlainBundle Read(ReadOnlySpan<byte> text)
    {
        var json = new Utf8JsonReader(text);
        json.Read();
        var bundle = new PlainBundle();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("type"u8)) bundle.Type = Text(ref json);
            else if (json.ValueTextEquals("entry"u8)) bundle.Entry = List(ref json, ReadEntry);
            else Skip(ref json);
        }

        return bundle;
    }

    private delegate T Reading<T>(ref Utf8JsonReader json);

    private static PlainEntry ReadEntry(ref Utf8JsonReader json)
    {
        var entry = new PlainEntry();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("fullUrl"u8)) entry.FullUrl = Text(ref json);
            else if (json.ValueTextEquals("resource"u8)) { json.Read(); entry.Resource = ReadResource(ref json); }
            else if (json.ValueTextEquals("request"u8)) { json.Read(); entry.Request = ReadRequest(ref json); }
            else Skip(ref json);
        }

        return entry;
    }

    private static PlainRequest ReadRequest(ref Utf8JsonReader json)
    {
        var request = new PlainRequest();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("method"u8)) request.Method = Text(ref json);
            else if (json.ValueTextEquals("url"u8)) request.Url = Text(ref json);
            else if (json.ValueTextEquals("ifNoneExist"u8)) request.IfNoneExist = Text(ref json);
            else Skip(ref json);
        }

        return request;
    }

    private static PlainResource ReadResource(ref Utf8JsonReader json)
    {
        var resource = new PlainResource();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("resourceType"u8)) resource.Type = Text(ref json);
            else if (json.ValueTextEquals("meta"u8)) { json.Read(); resource.Meta = ReadMeta(ref json); }
            else if (json.ValueTextEquals("text"u8)) { json.Read(); resource.Text = ReadNarrative(ref json); }
            else if (json.ValueTextEquals("identifier"u8)) resource.Identifier = List(ref json, ReadIdentifier);
            else if (json.ValueTextEquals("status"u8) || json.ValueTextEquals("lifecycleStatus"u8)) resource.Status = Text(ref json);
            else if (json.ValueTextEquals("intent"u8)) resource.Intent = Text(ref json);
            else if (json.ValueTextEquals("priority"u8)) resource.Priority = Text(ref json);
            else if (json.ValueTextEquals("docStatus"u8)) resource.DocStatus = Text(ref json);
            else if (json.ValueTextEquals("class"u8)) { json.Read(); resource.Class = ReadCoding(ref json); }
            else if (json.ValueTextEquals("type"u8)) { json.Read(); resource.Concepts = json.TokenType == JsonTokenType.StartArray ? Items(ref json, ReadConcept) : [ReadConcept(ref json)]; }
            else if (json.ValueTextEquals("category"u8)) resource.Category = List(ref json, ReadConcept);
            else if (json.ValueTextEquals("code"u8) || json.ValueTextEquals("description"u8) || json.ValueTextEquals("achievementStatus"u8)) { json.Read(); resource.Code = ReadConcept(ref json); }
            else if (json.ValueTextEquals("reasonCode"u8)) resource.Reason = List(ref json, ReadConcept);
            else if (json.ValueTextEquals("subject"u8)) { json.Read(); resource.Subject = ReadReference(ref json); }
            else if (json.ValueTextEquals("encounter"u8)) { json.Read(); resource.Encounter = ReadReference(ref json); }
            else if (json.ValueTextEquals("author"u8)) { json.Read(); resource.Author = json.TokenType == JsonTokenType.StartArray ? Items(ref json, ReadReference) : [ReadReference(ref json)]; }
            else if (json.ValueTextEquals("sender"u8) || json.ValueTextEquals("serviceProvider"u8) || json.ValueTextEquals("expressedBy"u8)) { json.Read(); resource.Sender = ReadReference(ref json); }
            else if (json.ValueTextEquals("recipient"u8) || json.ValueTextEquals("performer"u8) || json.ValueTextEquals("goal"u8)) resource.Recipient = List(ref json, ReadReference);
            else if (json.ValueTextEquals("period"u8)) { json.Read(); resource.Period = ReadPeriod(ref json); }
            else if (json.ValueTextEquals("sent"u8) || json.ValueTextEquals("created"u8) || json.ValueTextEquals("date"u8) || json.ValueTextEquals("statusDate"u8) || json.ValueTextEquals("startDate"u8) || json.ValueTextEquals("effectiveDateTime"u8)) resource.Date = Text(ref json);
            else if (json.ValueTextEquals("title"u8)) resource.Title = Text(ref json);
            else if (json.ValueTextEquals("valueQuantity"u8)) { json.Read(); resource.Value = ReadQuantity(ref json); }
            else if (json.ValueTextEquals("note"u8)) resource.Note = List(ref json, ReadNote);
            else if (json.ValueTextEquals("participant"u8) || json.ValueTextEquals("activity"u8) || json.ValueTextEquals("payload"u8) || json.ValueTextEquals("content"u8) || json.ValueTextEquals("target"u8)) resource.Parts = List(ref json, ReadPart);
            else if (json.ValueTextEquals("context"u8)) { json.Read(); resource.Context = ReadPart(ref json); }
            else Skip(ref json);
        }

        return resource;
    }

    private static PlainPart ReadPart(ref Utf8JsonReader json)
    {
        var part = new PlainPart();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("type"u8)) part.Type = List(ref json, ReadConcept);
            else if (json.ValueTextEquals("individual"u8)) { json.Read(); part.Individual = ReadReference(ref json); }
            else if (json.ValueTextEquals("detail"u8)) { json.Read(); part.Detail = ReadPart(ref json); }
            else if (json.ValueTextEquals("attachment"u8)) { json.Read(); part.Attachment = ReadAttachment(ref json); }
            else if (json.ValueTextEquals("contentString"u8) || json.ValueTextEquals("detailString"u8) || json.ValueTextEquals("description"u8)) part.Text = Text(ref json);
            else if (json.ValueTextEquals("dueDate"u8)) part.Due = Text(ref json);
            else if (json.ValueTextEquals("measure"u8)) { json.Read(); part.Measure = ReadConcept(ref json); }
            else if (json.ValueTextEquals("kind"u8)) part.Kind = Text(ref json);
            else if (json.ValueTextEquals("status"u8)) part.Status = Text(ref json);
            else if (json.ValueTextEquals("code"u8)) { json.Read(); part.Code = ReadConcept(ref json); }
            else if (json.ValueTextEquals("doNotPerform"u8)) { json.Read(); part.DoNotPerform = json.GetBoolean(); }
            else if (json.ValueTextEquals("scheduledPeriod"u8) || json.ValueTextEquals("period"u8)) { json.Read(); part.Period = ReadPeriod(ref json); }
            else if (json.ValueTextEquals("performer"u8) || json.ValueTextEquals("encounter"u8)) part.Performer = List(ref json, ReadReference);
            else Skip(ref json);
        }

        return part;
    }

    private static PlainMeta ReadMeta(ref Utf8JsonReader json)
    {
        var meta = new PlainMeta();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("profile"u8)) meta.Profile = List(ref json, static (ref Utf8JsonReader item) => item.GetString()!);
            else if (json.ValueTextEquals("tag"u8)) meta.Tag = List(ref json, ReadCoding);
            else Skip(ref json);
        }

        return meta;
    }

    private static PlainNarrative ReadNarrative(ref Utf8JsonReader json)
    {
        var narrative = new PlainNarrative();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("status"u8)) narrative.Status = Text(ref json);
            else if (json.ValueTextEquals("div"u8)) narrative.Div = Text(ref json);
            else Skip(ref json);
        }

        return narrative;
    }

    private static PlainIdentifier ReadIdentifier(ref Utf8JsonReader json)
    {
        var identifier = new PlainIdentifier();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("use"u8)) identifier.Use = Text(ref json);
            else if (json.ValueTextEquals("system"u8)) identifier.System = Text(ref json);
            else if (json.ValueTextEquals("value"u8)) identifier.Value = Text(ref json);
            else Skip(ref json);
        }

        return identifier;
    }

    private static PlainConcept ReadConcept(ref Utf8JsonReader json)
    {
        var concept = new PlainConcept();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("coding"u8)) concept.Coding = List(ref json, ReadCoding);
            else if (json.ValueTextEquals("text"u8)) concept.Text = Text(ref json);
            else Skip(ref json);
        }

        return concept;
    }

    private static PlainCoding ReadCoding(ref Utf8JsonReader json)
    {
        var coding = new PlainCoding();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("system"u8)) coding.System = Text(ref json);
            else if (json.ValueTextEquals("code"u8)) coding.Code = Text(ref json);
            else if (json.ValueTextEquals("display"u8)) coding.Display = Text(ref json);
            else Skip(ref json);
        }

        return coding;
    }

    private static PlainReference ReadReference(ref Utf8JsonReader json)
    {
        var reference = new PlainReference();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("reference"u8)) reference.Reference = Text(ref json);
            else if (json.ValueTextEquals("display"u8)) reference.Display = Text(ref json);
            else Skip(ref json);
        }

        return reference;
    }

    private static PlainPeriod ReadPeriod(ref Utf8JsonReader json)
    {
        var period = new PlainPeriod();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("start"u8)) period.Start = Text(ref json);
            else if (json.ValueTextEquals("end"u8)) period.End = Text(ref json);
            else Skip(ref json);
        }

        return period;
    }

    private static PlainNote ReadNote(ref Utf8JsonReader json)
    {
        var note = new PlainNote();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("authorReference"u8)) { json.Read(); note.Author = ReadReference(ref json); }
            else if (json.ValueTextEquals("time"u8)) note.Time = Text(ref json);
            else if (json.ValueTextEquals("text"u8)) note.Text = Text(ref json);
            else Skip(ref json);
        }

        return note;
    }

    private static PlainQuantity ReadQuantity(ref Utf8JsonReader json)
    {
        var quantity = new PlainQuantity();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("value"u8)) { json.Read(); quantity.Value = json.GetDecimal(); }
            else if (json.ValueTextEquals("unit"u8)) quantity.Unit = Text(ref json);
            else if (json.ValueTextEquals("system"u8)) quantity.System = Text(ref json);
            else if (json.ValueTextEquals("code"u8)) quantity.Code = Text(ref json);
            else Skip(ref json);
        }

        return quantity;
    }

    private static PlainAttachment ReadAttachment(ref Utf8JsonReader json)
    {
        var attachment = new PlainAttachment();
        while (Next(ref json))
        {
            if (json.ValueTextEquals("contentType"u8)) attachment.ContentType = Text(ref json);
            else if (json.ValueTextEquals("language"u8)) attachment.Language = Text(ref json);
            else if (json.ValueTextEquals("data"u8)) { json.Read(); attachment.Data = json.GetBytesFromBase64(); }
            else if (json.ValueTextEquals("title"u8)) attachment.Title = Text(ref json);
            else if (json.ValueTextEquals("creation"u8)) attachment.Creation = Text(ref json);
            else Skip(ref json);
        }

        return attachment;
    }

    private static bool Next(ref Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();

        return json.GetString();
    }

    private static void Skip(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    private static List<T> List<T>(ref Utf8JsonReader json, Reading<T> reading)
    {
        json.Read();

        return Items(ref json, reading);
    }

    private static List<T> Items<T>(ref Utf8JsonReader json, Reading<T> reading)
    {
        var items = new List<T>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            items.Add(reading(ref json));

        return items;
    }

    internal sealed class PlainBundle { public string? Type; public List<PlainEntry>? Entry; }

    internal sealed class PlainEntry { public string? FullUrl; public PlainResource? Resource; public PlainRequest? Request; }

    internal sealed class PlainRequest { public string? Method; public string? Url; public string? IfNoneExist; }

    internal sealed class PlainResource
    {
        public string? Type, Status, Intent, Priority, DocStatus, Date, Title;
        public PlainMeta? Meta;
        public PlainNarrative? Text;
        public PlainCoding? Class;
        public PlainConcept? Code;
        public PlainReference? Subject, Encounter, Sender;
        public PlainPeriod? Period;
        public PlainQuantity? Value;
        public PlainPart? Context;
        public List<PlainIdentifier>? Identifier;
        public List<PlainConcept>? Concepts, Category, Reason;
        public List<PlainReference>? Author, Recipient;
        public List<PlainNote>? Note;
        public List<PlainPart>? Parts;
    }

    internal sealed class PlainPart
    {
        public string? Text, Due, Kind, Status;
        public bool DoNotPerform;
        public List<PlainConcept>? Type;
        public List<PlainReference>? Performer;
        public PlainReference? Individual;
        public PlainConcept? Measure;
        public PlainPart? Detail;
        public PlainConcept? Code;
        public PlainPeriod? Period;
        public PlainAttachment? Attachment;
    }

    internal sealed class PlainMeta { public List<string>? Profile; public List<PlainCoding>? Tag; }

    internal sealed class PlainNarrative { public string? Status, Div; }

    internal sealed class PlainIdentifier { public string? Use, System, Value; }

    internal sealed class PlainConcept { public List<PlainCoding>? Coding; public string? Text; }

    internal sealed class PlainCoding { public string? System, Code, Display; }

    internal sealed class PlainReference { public string? Reference, Display; }

    internal sealed class PlainPeriod { public string? Start, End; }

    internal sealed class PlainNote { public PlainReference? Author; public string? Time, Text; }

    internal sealed class PlainQuantity { public decimal Value; public string? Unit, System, Code; }

    internal sealed class PlainAttachment { public string? ContentType, Language, Title, Creation; public byte[]? Data; }
}
