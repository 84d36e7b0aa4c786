namespace ChwFhir.Fhir.Model;

/// <summary>What was odd, by its place in the text; the first thousand are enough for anybody.</summary>
internal sealed class FhirReaderNotes
{
    private const int Most = 1000;

    private readonly List<(FhirJsonIssueCode Code, long Place)> _notes = [];

    public IReadOnlyList<(FhirJsonIssueCode Code, long Place)> All => _notes;

    public void Add(FhirJsonIssueCode code, long place)
    {
        if (_notes.Count < Most)
            _notes.Add((code, place));
    }
}
