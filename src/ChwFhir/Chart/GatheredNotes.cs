using ChwFhir.Access;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>What the notes of one patient became, as they stood at one moment; before anybody's rights are asked.</summary>
/// <param name="All">Oldest visit first; where one part was asked for, those that tell it and what it refers to. None that waits for a supervisor, none that was taken back.</param>
internal sealed record GatheredNotes(PatientStand Stand, IReadOnlyList<GatheredNote> All)
{
    private readonly Lock turn = new();
    private readonly long ofNotes = All.Sum(note => note.Size);
    private PatientRecord? whole, withoutLabelled;

    public long Size => ofNotes + (whole?.Size ?? 0) + (withoutLabelled?.Size ?? 0);

    public GatheredNote? Find(long number) => All.FirstOrDefault(one => one.Note.Number == number);

    /// <summary>As those see it who read every note of the patient: put together once for all of them.</summary>
    /// <param name="withholds">Without what bears a label.</param>
    public PatientRecord ForReader(bool withholds, Sensitivity sensitivity)
    {
        lock (turn)
        {
            return withholds
                ? withoutLabelled ??= RecordOfNotes.Of(All, sensitivity.IsLabelled)
                : whole ??= RecordOfNotes.Of(All, _ => false);
        }
    }
}
