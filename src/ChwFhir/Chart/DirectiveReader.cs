using ChwFhir.Fhir.Client;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Chart;

/// <summary>Advance directives: the chart's documents, consents and statements that there is one (PACIO ADI, US Core, Epic's code status), and what the visits saw.</summary>
internal sealed class DirectiveReader(ChartReading chart)
{
    private static readonly HashSet<string> AgentRoles = ["75783-1", "75784-9", "75785-6"];
    private readonly List<UnreadPiece> missing = [];

    public async Task<(AdvanceDirectives Read, IReadOnlyList<UnreadPiece> Missing)> ReadAsync(
        IReadOnlyList<DocumentReference> documents, IReadOnlyList<Consent> consents, IReadOnlyList<Observation> observations, IReadOnlyList<RelatedPerson> related, IReadOnlyList<OwnNote> notes)
    {
        var agents = await Task.WhenAll(consents.Where(IsDirective).SelectMany(consent => (consent.Provision?.Actor ?? []).Where(actor => actor.Role?.Coding.Any(coding => coding.Code is not null && AgentRoles.Contains(coding.Code)) is true).Select(actor => AgentAsync(consent, actor))));
        IEnumerable<AdvanceDirectiveFact> items =
        [
            .. documents.Where(one => one.Status is not DocumentReferenceStatus.EnteredInError and not DocumentReferenceStatus.Superseded).DistinctBy(one => one.Id).Select(one => (Document: one, Kind: DirectiveKinds.Of([one.Type, .. one.Category]) ?? ByName(one)))
                .Where(one => one.Kind is not null).Select(one => Of(one.Document, one.Kind!)),
            .. consents.Where(IsDirective).Select(Of),
            .. observations.Where(one => one.Status is not (ObservationStatus.EnteredInError or ObservationStatus.Cancelled) && Answer(one) is not "no").Select(Of),
            .. OfVisits(notes),
        ];
        var all = items.NewestFirst(one => one.Reviewed ?? one.Date).ToList();
        var asked = notes.FirstOrDefault(note => note.Said?.AdvanceCarePlanning is { Discussed: AcpDiscussed.Yes });
        var none = observations.FirstOrDefault(one => Answer(one) == "no");
        var saysNone = asked?.Said!.AdvanceCarePlanning!.Documents is { Count: > 0 } told && told.All(one => one.Status == DirectiveStatus.None);
        var state = all.Any(one => one.Status is not "in-progress") ? "yes" : all.Count > 0 ? "in-progress" : none is not null || saysNone ? "no" : "not-known";
        IReadOnlyList<HealthAgent> people = [.. agents.Concat(related.Where(IsAgent).Select(Of)).Concat(AgentsOfVisits(notes)).Where(one => one.Name is not null || one.Phones.Count > 0).DistinctBy(one => (one.Name ?? one.Phones[0].Number).ToLowerInvariant())];
        var read = new AdvanceDirectives(
            state, all, people, notes.FirstOrDefault(note => note.Said?.AdvanceCarePlanning is not null)?.Said!.AdvanceCarePlanning!.WantsClinicianConversation is true,
            asked?.Source ?? (none is null ? null : Said.Chart(none, Said.Date(none.Effective))));
        lock (missing)
            return (read, [.. missing.Distinct()]);
    }

    /// <summary>Whether a consent is about what is to be done when the patient cannot say, or about resuscitation.</summary>
    public static bool IsDirective(Consent consent) => consent.Status is Consent.ConsentState.Active or null && (
        consent.Scope?.Coding.Any(coding => coding.Code is "adr" or "81377-4") is true || consent.Category.Any(one => one.Coding.Any(coding => coding.Code is "acd" or "dnr" or "emrgonly" or "hcd")) || DirectiveKinds.Of(consent.Category) is not null || IsCodeStatus(consent));

    private static bool IsCodeStatus(Consent consent) => consent.Category.Append(consent.Scope).Any(one => Said.Text(one)?.Contains("code status", StringComparison.OrdinalIgnoreCase) is true);

    private static AdvanceDirectiveFact Of(DocumentReference document, string kind)
    {
        var date = document.Content.Select(one => one.Attachment?.Creation).FirstOrDefault(creation => creation is not null) ?? Said.Stamp(document.Date);
        var title = document.Content.Select(one => Said.Clean(one.Attachment?.Title)).FirstOrDefault(text => text is not null);
        return new AdvanceDirectiveFact(kind, Said.Text(document.Type) ?? Said.Clean(document.Description), document.Status?.GetLiteral(), title ?? Said.Clean(document.Custodian?.Display), date, null, null, Said.Chart(document, Said.Stamp(document.Date) ?? date));
    }

    private static AdvanceDirectiveFact Of(Consent consent)
    {
        var kind = IsCodeStatus(consent) ? "code-status" : consent.Category.Any(one => one.Coding.Any(coding => coding.Code == "dnr")) ? "dnr" : consent.Scope?.Coding.Any(coding => coding.Code == "81377-4") is true ? "healthcare-proxy" : DirectiveKinds.Of(consent.Category) ?? "other";
        var text = consent.Provision?.Code.Select(Said.Text).FirstOrDefault(words => words is not null) ?? consent.Category.Select(Said.Text).FirstOrDefault(words => words is not null);
        return new AdvanceDirectiveFact(
            kind, text, consent.Status?.GetLiteral(), (consent.Source as Attachment)?.Title ?? (consent.Source as ResourceReference)?.Display, Said.Clean(consent.DateTime),
            consent.Verification.Where(one => one.Verified is true).Select(one => one.VerificationDate).Order().LastOrDefault(), null, Said.Chart(consent, Said.Clean(consent.DateTime)));
    }

    private static AdvanceDirectiveFact Of(Observation one)
    {
        var document = one.Extension.Select(extension => extension.Value as ResourceReference).FirstOrDefault(reference => reference?.Reference?.Contains("DocumentReference/", StringComparison.Ordinal) is true) ?? one.DerivedFrom.FirstOrDefault();
        return new AdvanceDirectiveFact(DirectiveKinds.Of(one.Code) ?? "other", Said.Text(one.Code), Said.Text(one.Value as CodeableConcept) ?? one.Status?.GetLiteral(), Said.Clean(document?.Display), null, Said.Date(one.Effective) ?? Said.Stamp(one.Issued), null, Said.Chart(one, Said.Date(one.Effective) ?? Said.Stamp(one.Issued)));
    }

    private static string? Answer(Observation one) => one.Value switch
    {
        FhirBoolean { Value: var yes } => yes is true ? "yes" : "no",
        CodeableConcept concept when concept.Coding.Any(coding => coding.Code is "373067005" or "LA32-8" or "N") => "no",
        CodeableConcept concept when concept.Coding.Any(coding => coding.Code is "373066001" or "LA33-6" or "Y") => "yes",
        _ => null,
    };

    private static string? ByName(DocumentReference document)
    {
        var words = string.Join(' ', new[] { Said.Text(document.Type), document.Description }.OfType<string>());
        return words.Contains("advance directive", StringComparison.OrdinalIgnoreCase) || words.Contains("advance care plan", StringComparison.OrdinalIgnoreCase) ? "other"
            : words.Contains("living will", StringComparison.OrdinalIgnoreCase) ? "living-will"
            : words.Contains("health care proxy", StringComparison.OrdinalIgnoreCase) || words.Contains("healthcare proxy", StringComparison.OrdinalIgnoreCase) || words.Contains("power of attorney", StringComparison.OrdinalIgnoreCase) ? "healthcare-proxy"
            : words.Contains("POLST", StringComparison.Ordinal) || words.Contains("MOLST", StringComparison.Ordinal) ? "polst" : null;
    }

    // The newest word of each kind counts.
    private static IEnumerable<AdvanceDirectiveFact> OfVisits(IReadOnlyList<OwnNote> notes) =>
        from said in notes.Where(note => note.Said?.AdvanceCarePlanning is not null).SelectMany(note => note.Said!.AdvanceCarePlanning!.Documents.Select(document => (note, document))).DistinctBy(one => one.document.Kind)
        where said.document.Status is not (DirectiveStatus.None or DirectiveStatus.Unknown)
        select new AdvanceDirectiveFact(
            Words.Of(said.document.Kind), null, Words.Of(said.document.Status), Said.Clean(said.document.Where), Said.Clean(said.document.Date), said.document.Seen is true ? said.note.Source.Date : null, said.document.Seen, said.note.Source);

    private static IEnumerable<HealthAgent> AgentsOfVisits(IReadOnlyList<OwnNote> notes) =>
        notes.Where(note => note.Said?.AdvanceCarePlanning?.Agent is not null).Take(1).Select(note => (note, agent: note.Said!.AdvanceCarePlanning!.Agent!))
            .Select(one => new HealthAgent(Said.Clean(one.agent.Name), Said.Clean(one.agent.Relationship), null, Said.Clean(one.agent.Phone) is { } phone ? [new Phone(phone, null)] : [], one.note.Source));

    private async Task<HealthAgent> AgentAsync(Consent consent, Consent.provisionActorComponent actor)
    {
        var role = actor.Role?.Coding.Any(coding => coding.Code == "75783-1") is true ? "primary" : "alternate";
        var source = Said.Chart(consent, Said.Clean(consent.DateTime));
        if (actor.Reference?.Reference is not { } to)
            return new HealthAgent(Said.Clean(actor.Reference?.Display), null, role, [], source);
        var (found, unread) = await chart.FollowAsync(to);
        if (unread is not null)
            lock (missing)
                missing.Add(unread);
        return found is RelatedPerson person ? Of(person) with { Role = role, Source = source } : new HealthAgent(Said.Clean(actor.Reference.Display), null, role, [], source);
    }

    private static bool IsAgent(RelatedPerson person) => person.Active is not false && person.Relationship.Any(one => one.Coding.Any(coding => coding.Code is "HPOWATT" or "POWATT" or "HCPROXY") || Said.Text(one) is { } text
        && (text.Contains("health care agent", StringComparison.OrdinalIgnoreCase) || text.Contains("healthcare agent", StringComparison.OrdinalIgnoreCase) || text.Contains("power of attorney", StringComparison.OrdinalIgnoreCase)));

    private static HealthAgent Of(RelatedPerson person) =>
        new(Said.Name(person.Name), person.Relationship.Where(one => !one.Coding.Any(coding => coding.Code is "HPOWATT" or "POWATT")).Select(Said.Text).FirstOrDefault(text => text is not null), null, Said.Phones(person.Telecom), Said.Chart(person, Said.Stamp(person.Meta?.LastUpdated)));
}
