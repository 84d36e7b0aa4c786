using ChwFhir.Intake.Ccda.Entries;

namespace ChwFhir.Intake.Ccda;

/// <summary>What all parts of one reading share.</summary>
internal sealed record Tools(CdaXml Xml, CdaTree Tree, Narrative Narrative, Times Times, Facts Facts, Issues Issues)
{
    public EntryReader Entries { get; } = new(new EntryContext(Narrative, Times), Facts);
    public EntryContext Context { get; } = new(Narrative, Times);
}
