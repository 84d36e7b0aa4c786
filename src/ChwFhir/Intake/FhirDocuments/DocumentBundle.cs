using ChwFhir.Fhir.Model;
using ChwFhir.Intake.Printed;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.FhirDocuments;

/// <summary>A document Bundle: its Composition's sections as the text, its entries where they say more than the text.</summary>
internal sealed class DocumentBundle(Bundle bundle, List<NoteFault> faults, List<NoteIssue> issues)
{
    private const int MostDepth = 8;
    private const int MostSections = 2_000;

    private readonly List<PrintedSection> _parts = [];
    private readonly List<string?> _codes = [];
    private readonly BundleEntries _entries = new(bundle);
    private (int Count, string? First) _leftOut;

    public AfterVisitSummary? Read()
    {
        if (bundle.Entry.FirstOrDefault()?.Resource is not Composition composition)
        {
            faults.Add(new NoteFault("/entry/0/resource", "not-a-document", "A document begins with its Composition."));
            return null;
        }

        if (composition.Status is CompositionStatus.EnteredInError)
            faults.Add(new NoteFault("/entry/0/resource/status", "not-current", "The document was entered in error."));
        Sections(composition.Section, "/entry/0/resource", 1, null);
        if (_leftOut is { Count: > 0, First: { } first })
            issues.Add(new NoteIssue("warning", "left-out", first, FormattableString.Invariant($"{_leftOut.Count} sections are nested deeper than {MostDepth} levels or come after the first {MostSections}; they are in the original only.")));
        if (_parts.Count == 0 && composition.Text?.Div is { } div && Narratives.Blocks(div) is { Count: > 0 } blocks)
        {
            _parts.AddRange(Sectioning.Cut(blocks));
            _codes.AddRange(_parts.Select(_ => (string?)null));
        }

        if (_parts.Count == 0)
            faults.Add(new NoteFault("/entry/0/resource/section", "nothing-said", "The document has no text."));
        return faults.Count > 0 ? null : Summary(composition);
    }

    private AfterVisitSummary Summary(Composition composition)
    {
        var page = new PrintedPage(_parts, PrintedFindings.In(_parts), null, null, null);
        var said = page.Found;
        var entries = new EntrySayings(_entries);
        entries.Take(_entries.Used);
        issues.AddRange(page.Issues().Where(issue => !IsCovered(issue.Pointer!, entries)));
        issues.AddRange(entries.Issues);
        return new AfterVisitSummary
        {
            Id = "",
            Subject = Subject(composition),
            Authors = [.. composition.Author.Select(author => Sayings.Author(_entries.Find(author), author, _entries.Find)).OfType<DocumentAuthor>()],
            Document = Document(composition),
            Encounter = Visit(composition, said.Reason),
            Caregivers = entries.Caregivers,
            // What an entry says needs no guess at the text.
            Diagnoses = entries.Diagnoses.Count > 0 ? entries.Diagnoses : said.Diagnoses,
            Medications = entries.Medications.Count > 0 ? entries.Medications : said.Medications,
            Instructions = [.. said.Instructions, .. entries.Instructions],
            WarningSigns = said.WarningSigns,
            FollowUps = entries.FollowUps.Count > 0 ? entries.FollowUps : said.FollowUps,
            PendingTests = said.PendingTests,
            Goals = entries.Goals.Count > 0 ? entries.Goals : said.Goals,
            Concerns = entries.Concerns.Count > 0 ? entries.Concerns : said.Concerns,
            Sections = [.. _parts.Select((part, at) => new SummarySection(part.Title, _codes[at], part.Text, part.Level))],
        };
    }

    private bool IsCovered(string pointer, EntrySayings entries) =>
        _parts[int.Parse(pointer.AsSpan(pointer.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture)].Kind?.Becomes switch
        {
            SectionBecomes.Medicine => entries.Medications.Count > 0,
            SectionBecomes.FollowUp => entries.FollowUps.Count > 0,
            _ => false,
        };

    private void Sections(IReadOnlyList<Composition.SectionComponent> sections, string pointer, int level, HeadingKind? above)
    {
        for (var at = 0; at < sections.Count; at++)
            Section(sections[at], FormattableString.Invariant($"{pointer}/section/{at}"), level, above);
    }

    private void Section(Composition.SectionComponent section, string pointer, int level, HeadingKind? above)
    {
        if (_parts.Count >= MostSections || level > MostDepth)
        {
            _leftOut = (_leftOut.Count + 1, _leftOut.First ?? pointer);
            Sections(section.Section, pointer, level + 1, above);
            return;
        }

        var code = section.Code.Loinc();
        var title = Sayings.Trimmed(section.Title) ?? section.Code.Text();
        var kind = SectionCodes.Kind(code) ?? (title is null ? null : HeadingWords.Exactly(title) ?? HeadingWords.Within(title)) ?? above;
        var blocks = section.Text?.Div is { } div ? Narratives.Blocks(div) : [];
        _entries.Use(section.Entry);
        if (blocks.Count == 0 && section.Entry.Count > 0)
            blocks = [.. section.Entry.Select(entry => EntrySayings.Words(_entries.Find(entry)) ?? Sayings.Trimmed(entry.Display)).OfType<string>().Select(text => new Block(BlockKind.Item, text))];
        if (blocks.Count == 0 && section.EmptyReason.Text() is { } why)
            blocks = [new Block(BlockKind.Paragraph, why)];
        Add(title, code, Math.Min(level, 2), kind, blocks);
        Sections(section.Section, pointer, level + 1, kind);
    }

    /// <summary>Headings inside the narrative part it further.</summary>
    private void Add(string? title, string? code, int level, HeadingKind? kind, IReadOnlyList<Block> blocks)
    {
        var first = blocks.TakeWhile(block => block.Kind != BlockKind.Heading).ToList();
        // A narrative that repeats the section's title as its own heading.
        var rest = blocks.Skip(first.Count).ToList();
        if (first.Count == 0 && rest.Count > 0 && title is not null && PlainWords.Of(rest[0].Text).SequenceEqual(PlainWords.Of(title)))
        {
            first = [.. rest.Skip(1).TakeWhile(block => block.Kind != BlockKind.Heading)];
            rest = [.. rest.Skip(first.Count + 1)];
        }

        _parts.Add(new PrintedSection(title, level, kind, first));
        _codes.Add(code);
        foreach (var part in Sectioning.Cut(rest))
        {
            _parts.Add(part with { Level = 2, Kind = part.Kind is null or { Becomes: SectionBecomes.Text } ? kind ?? part.Kind : part.Kind });
            _codes.Add(null);
        }
    }

    private DocumentPatient? Subject(Composition composition)
    {
        // A mother's document may hold her child as well: of several none is guessed.
        var patient = _entries.Find(composition.Subject) as Patient ?? (bundle.Entry.Select(entry => entry.Resource).OfType<Patient>().Take(2).ToList() is [var only] ? only : null);
        var identifier = Sayings.Of(composition.Subject?.Identifier);
        if (patient is not null)
            return Sayings.Patient(patient) is var named && identifier is not null ? named with { Identifiers = [.. named.Identifiers.Append(identifier).Distinct()] } : named;

        var target = composition.Subject?.Reference is { } text && FhirReference.TryParse(text, out var parsed) && parsed.Type == "Patient" ? text : null;
        return target is null && identifier is null ? null : new DocumentPatient { Reference = target, Identifiers = identifier is null ? [] : [identifier] };
    }

    private SummaryDocument Document(Composition composition)
    {
        var custodian = _entries.Find(composition.Custodian) as Organization;
        var labels = SecurityLabels.Of(SecurityLabels.Of(bundle).Concat(SecurityLabels.Of(composition)));
        var relation = composition.RelatesTo.Find(relates => Sayings.Relation(relates.Code) is not null);
        var earlier = relation?.Target switch
        {
            Identifier identifier => Sayings.Of(identifier),
            ResourceReference { Identifier: { } identifier } => Sayings.Of(identifier),
            _ => null,
        };
        return new SummaryDocument
        {
            Identifier = Sayings.Of(bundle.Identifier) ?? Sayings.Of(composition.Identifier),
            SetIdentifier = Sayings.Of(bundle.Identifier) is null ? null : Sayings.Of(composition.Identifier),
            Title = Sayings.Trimmed(composition.Title),
            Type = composition.Type.Code() ?? (composition.Type.Text() is { } type ? new DocumentCode(null, null, type) : null),
            Language = Sayings.Trimmed(composition.Language) ?? Sayings.Trimmed(bundle.Language),
            Created = Sayings.Trimmed(composition.Date),
            IsFinal = composition.Status switch
            {
                CompositionStatus.Final or CompositionStatus.Amended => true,
                CompositionStatus.Preliminary => false,
                _ => null,
            },
            Confidentiality = SecurityLabels.Strictest(labels, composition.Confidentiality is { } label && label.ToString() is { Length: 1 } code ? code.ToUpperInvariant() : null),
            Labels = labels,
            Custodian = Sayings.Trimmed(custodian?.Name) ?? Sayings.Trimmed(composition.Custodian?.Display),
            CustodianReference = Sayings.Elsewhere(composition.Custodian),
            CustodianIdentifiers = custodian is null ? [] : Sayings.Of(custodian.Identifier),
            Earlier = earlier,
            Relation = earlier is null ? null : Sayings.Relation(relation!.Code),
            ContentType = "",
            Original = default,
        };
    }

    private SummaryEncounter? Visit(Composition composition, string? reason)
    {
        var visit = _entries.Find(composition.Encounter) is Encounter encounter ? Sayings.Visit(encounter, _entries.Find) : null;
        var period = composition.Event.Select(when => when.Period).FirstOrDefault(when => when is not null);
        if (visit is null && period is null && reason is null)
            return null;

        visit ??= new SummaryEncounter();
        return visit with { Start = visit.Start ?? Sayings.Trimmed(period?.Start), End = visit.End ?? Sayings.Trimmed(period?.End), Reason = visit.Reason ?? reason };
    }
}
