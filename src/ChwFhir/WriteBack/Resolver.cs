using ChwFhir.Ehr;
using ChwFhir.Fhir.Model;
using ChwFhir.Intake;
using ChwFhir.Mapping;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack;

/// <summary>Everything that only the EHR and our own store can tell about a note, asked before it is mapped. The right chart comes first.</summary>
internal sealed class Resolver(EhrConnection ehr, PatientResolver patients, AuthorResolver authors, CareTeamReader teams, EncounterResolver encounters, ParticipantResolver participants, CodeStatusReader codeStatuses, EarlierNotes earlier,
    ClinicVisits clinicVisits, DocumentsThere documentsThere, EarlierDocuments earlierDocuments, ChartConditions conditions)
{
    // A part of the EHR that fails for good must not hold a note for ever.
    private const int PatientTries = 3;

    /// <param name="tries">How often the note was tried before: what it can do without is waited for a few times only.</param>
    public async Task<Resolution> ResolveAsync(Input input, int tries, CancellationToken cancellationToken)
    {
        var (chart, ending) = await patients.ResolveAsync(input, cancellationToken);
        if (chart is null)
            return Placed(ending!, input);

        var patient = $"Patient/{chart.Id}";
        var author = authors.ResolveAsync(input, cancellationToken);
        var encounter = encounters.ResolveAsync(input.Encounter, patient, cancellationToken);
        var people = participants.ResolveAsync(input.Participants, patient, cancellationToken);
        var team = teams.ReadAsync(chart, cancellationToken);
        var codeStatus = input.HasWishes ? codeStatuses.ReadAsync(patient, cancellationToken) : Task.FromResult<(bool Read, CodeStatus? Status, bool MayPass)>((false, null, false));
        await Task.WhenAll(author, encounter, people, team, codeStatus);
        Resolution?[] endings = [author.Result.Ending, encounter.Result.Ending, .. people.Result];
        if ((endings.OfType<Resolution.Wrong>().FirstOrDefault() ?? endings.FirstOrDefault(one => one is not null)) is { } stop)
            return Placed(stop, input);
        var (own, isThere) = (encounter.Result.Reference, (DocumentThere?)null);
        var before = await earlierDocuments.FindAsync(input, patient, cancellationToken);
        if (before.Issue is { Severity: "error" } wrong)
            return new Resolution.Wrong(wrong);
        if (before.Until is { } until)
            return new Resolution.After(until);
        if (input.Summary is { } summary)
        {
            var (visit, silence) = own is null ? await clinicVisits.FindAsync(input, patient, author.Result.Reference, cancellationToken) : (own, null);
            var (there, unsaid) = await documentsThere.FindAsync(summary.Document, chart, cancellationToken);
            if (silence is not null || unsaid)
                return new Resolution.NoAnswer();
            (own, isThere) = (visit, there);
        }
        // Who a message goes to must not depend on a moment's trouble.
        if (team.Result.MayPass || codeStatus.Result.MayPass)
        {
            if (ehr.Endpoint.ReadsRest)
                return new Resolution.NoAnswer();
            if (tries < PatientTries)
                return new Resolution.NotYet();
        }

        return new Resolution.Resolved(new ResolvedNote
        {
            Patient = patient,
            PatientName = PersonNames.Of(chart),
            BirthDate = chart.BirthDate,
            Deceased = PatientResolver.IsDeceased(chart),
            Restricted = chart.Meta?.Security.Any(label => label.Code is "R" or "V") is true,
            Author = author.Result.Reference,
            AuthorName = author.Result.Name,
            Encounter = own,
            DocumentThere = isThere,
            Earlier = before.Documents,
            Conditions = await conditions.OfAsync(input.Summary?.Diagnoses ?? [], patient, cancellationToken),
            CareTeam = team.Result.CareTeam,
            Team = team.Result.Team,
            CodeStatus = codeStatus.Result.Status,
            CodeStatusRead = codeStatus.Result.Read,
            Held = await earlier.HeldAsync(ehr.Id, patient, input.Programme, cancellationToken),
            HeldConcerns = await earlier.HeldConcernsAsync(ehr.Id, patient, input.Programme, input.Id, cancellationToken),
            LastScores = await earlier.ScoresAsync(ehr.Id, patient, input.Note, cancellationToken),
            KnownUntil = await earlier.KnownUntilAsync(ehr.Id, patient, cancellationToken),
            Issues = [.. PatientResolver.Remarks(input.Patient, input.Subject, chart).Select(input.Places.Of), .. team.Result.Issue is { } notRead ? [notRead] : Array.Empty<NoteIssue>(), .. before.Issue is { } notFiled ? [notFiled] : Array.Empty<NoteIssue>()],
        });
    }

    private static Resolution Placed(Resolution ending, Input input) => ending is Resolution.Wrong { Issue: var issue } ? new Resolution.Wrong(input.Places.Of(issue)) : ending;
}
