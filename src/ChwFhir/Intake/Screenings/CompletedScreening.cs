using ChwFhir.Fhir.Model;

namespace ChwFhir.Intake.Screenings;

/// <summary>A completed screening that was handed in by itself, read and checked: whose it is, who asked and answered, and the answers in this service's own words.</summary>
public sealed record CompletedScreening
{
    /// <summary>The caller's id, else the response's own identifier made fit for one, else its content hash.</summary>
    public required string Id { get; init; }

    /// <summary>The response's own identifier; of one without a system that is empty.</summary>
    public PersonIdentifier? Number { get; init; }

    public required NotePatient Patient { get; init; }

    /// <summary>Who recorded the answers; null when nobody of the staff is named.</summary>
    public NoteAuthor? Author { get; init; }

    public PersonRef? Encounter { get; init; }

    /// <summary>When it was filled in, as it says: FHIR dateTime, partial where it is.</summary>
    public required string Authored { get; init; }

    /// <summary>The same as a time; of a partial one its beginning, in UTC.</summary>
    public required DateTimeOffset When { get; init; }

    public string? Language { get; init; }

    public required Screening Screening { get; init; }

    /// <summary>The other instruments that stand on the same form.</summary>
    public IReadOnlyList<Screening> More { get; init; } = [];

    /// <summary>Questions and answers that are none of the instrument's, in the words of the form.</summary>
    public IReadOnlyList<NoteSection> Others { get; init; } = [];

    /// <summary>It was filled in on this service's own form, so that its people are this EHR's.</summary>
    public bool IsOurForm { get; init; }

    /// <summary>The response as it was sent.</summary>
    public required QuestionnaireResponse Response { get; init; }

    /// <summary>The item of the instrument that stands at a place of <see cref="Response"/> (<c>/item/0/item/2</c>).</summary>
    public IReadOnlyDictionary<string, string> Items { get; init; } = new Dictionary<string, string>();

    /// <summary>The same as a note that has nothing but these screenings.</summary>
    public VisitNote AsNote => new()
    {
        Id = Id,
        Language = Language,
        Authored = When,
        Patient = Patient,
        Author = Author ?? new NoteAuthor(),
        Visit = new Visit { Kind = VisitKind.Message, Start = When, Encounter = Encounter },
        Screenings = [Screening, .. More],
        Sections = Others,
        Labels = Response.Meta?.Security ?? [],
    };
}
