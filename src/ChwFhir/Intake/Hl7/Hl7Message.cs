using System.Text;

namespace ChwFhir.Intake.Hl7;

/// <summary>One message of HL7 v2, taken apart into segments.</summary>
internal sealed record Hl7Message(Hl7Separators Separators, IReadOnlyList<Hl7Segment> Segments, Encoding Encoding)
{
    public Hl7Segment Header => Segments[0];

    public Hl7Segment? First(string name) => Segments.FirstOrDefault(segment => segment.Name == name);

    public IEnumerable<Hl7Segment> All(string name) => Segments.Where(segment => segment.Name == name);
}
