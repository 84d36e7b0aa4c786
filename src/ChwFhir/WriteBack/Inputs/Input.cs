using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack.Inputs;

/// <summary>Something that was handed in, read: who, whose, when, and how it becomes FHIR. The way to the chart asks nothing else; what an input is like only its own type knows.</summary>
/// <param name="ContentHash">Same id with the same hash is the same input.</param>
internal abstract record Input(string ContentHash)
{
    public abstract string Id { get; }

    /// <summary>The number that a document brings along, which its id is made of; another system may give the same one to another document.</summary>
    public virtual PersonIdentifier? Number => null;

    /// <summary>The id of an addendum or a replacement that its sender numbers as the document itself.</summary>
    public virtual string? IdOfMessage => null;

    /// <summary>Whose it is as the caller says; null when only the document says it.</summary>
    public abstract NotePatient? Patient { get; }

    /// <summary>Whose it is as a document says: the chart has to be that person's.</summary>
    public virtual DocumentPatient? Subject => null;

    /// <summary>Null when nobody is named, or a device.</summary>
    public abstract NoteAuthor? Author { get; }

    /// <summary>Written somewhere else: an author whom this EHR does not know stands by name.</summary>
    public virtual bool IsFromElsewhere => false;

    /// <summary>The EHR's own encounter, when the input names it.</summary>
    public abstract PersonRef? Encounter { get; }

    /// <summary>People at the visit whom it names; each that is a reference must belong to the patient's life.</summary>
    public virtual IReadOnlyList<Participant> Participants => [];

    /// <summary>What long-lived resources are merged by, and the day of the encounter that it may belong to.</summary>
    public abstract DateTimeOffset VisitTime { get; }

    /// <summary>It says a time to the second: else the time of its receipt stands where FHIR wants one.</summary>
    public virtual bool SaysWhen => true;

    /// <summary>A visit of a programme to a home: it may belong to an encounter of those kinds that the site named.</summary>
    public virtual bool IsHomeVisit => true;

    /// <summary>The visit has an id of its own: an earlier input may have made its encounter.</summary>
    public virtual bool SharesEncounter => false;

    public virtual string? Programme => null;

    /// <summary>What it was handed in with about who may see it.</summary>
    public virtual IReadOnlyList<Coding> Labels => [];

    /// <summary>It speaks of wishes about treatment: the chart's code status is shown beside them.</summary>
    public virtual bool HasWishes => false;

    /// <summary>The visit note that it is, or can be taken for: symptoms and screenings that have scores.</summary>
    public virtual VisitNote? Note => null;

    /// <summary>The note whose messages and red flags people are told of; null where nobody is told, or somebody was already.</summary>
    public virtual VisitNote? Tells => null;

    /// <summary>The after-visit summary that it is: its encounter, document and diagnoses may be in the EHR already.</summary>
    public virtual AfterVisitSummary? Summary => null;

    /// <summary>Where its form says whose it is and of which encounter.</summary>
    public virtual IssuePlaces Places => IssuePlaces.OfNote;

    /// <summary>The same with the chart and the encounter that a person chose.</summary>
    public abstract Input Chosen(NotePatient? patient, PersonRef? encounter);

    /// <summary>Pure: the same input, resolution and settings give the same resources, byte for byte.</summary>
    public abstract MappedNote Map(ResolvedNote resolved, MappingOptions options, Wanted wanted);

    /// <summary>The document that says that it does not count.</summary>
    public abstract MappedNote Retract(ResolvedNote resolved, MappingOptions options, bool wrongPatient, DateTimeOffset asked, string? encounter);
}
