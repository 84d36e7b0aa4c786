using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

public sealed partial class OverviewReading
{
    private async Task<ChartPart<PersonFacts>> PersonPartAsync(Task<Answered<Patient>> person)
    {
        var found = await person;
        if (found.Items.Count == 0)
            return new ChartPart<PersonFacts>([], found.Missing);
        var interpreted = (await notes).FirstOrDefault(note => note.Said?.Visit.Interpreter is not null);
        var said = interpreted?.Said!.Visit.Interpreter is { } interpreter ? new InterpreterNeed(true, Said.Clean(interpreter.Language), Said.Clean(interpreter.Mode), interpreted.Source) : null;
        return new ChartPart<PersonFacts>([PersonReader.Read(found.Items[0], said, now)], found.Missing);
    }

    private async Task<ChartPart<Caregiver>> CaregiversAsync(Task<Answered<RelatedPerson>> related, Task<Answered<Patient>> person)
    {
        var (people, patient) = (await related, await person);
        return new ChartPart<Caregiver>(CaregiverReader.Read(people.Items, patient.Items.FirstOrDefault(), await notes, now), [.. people.Missing, .. patient.Missing]);
    }

    private async Task<ChartPart<CareTeamPerson>> CareTeamAsync(Task<Answered<FhirCareTeam>> teams, Task<Answered<Patient>> person)
    {
        var (found, patient) = (await teams, await person);
        var (people, missing) = await new CareTeamReader(chart, now).ReadAsync(found.Items, patient.Items.FirstOrDefault());
        return new ChartPart<CareTeamPerson>(people, [.. found.Missing, .. patient.Missing, .. missing]);
    }

    private async Task<ChartPart<ProgrammeFacts>> ProgrammesAsync(Task<Answered<FhirCareTeam>> teams, Task<Answered<EpisodeOfCare>> episodes, Task<Answered<Condition>> conditions)
    {
        var (found, stays, reasons) = (await teams, await episodes, await conditions);
        return new ChartPart<ProgrammeFacts>(ProgrammeReader.Read(await notes, found.Items, stays.Items, reasons.Items, plain, now), [.. found.Missing, .. stays.Missing]);
    }

    private async Task<ChartPart<Problem>> ProblemsAsync(Task<Answered<Condition>> conditions)
    {
        var found = await conditions;
        return new ChartPart<Problem>(ProblemReader.Read(found.Items, plain), found.Missing);
    }

    private async Task<ChartPart<Medicine>> MedicinesAsync(Task<Answered<MedicationRequest>> requests, Task<Answered<MedicationStatement>> statements)
    {
        var (ordered, told) = (await requests, await statements);
        var (medicines, missing) = await new MedicineReader(chart, plain).ReadAsync(ordered.Items, told.Items);
        return new ChartPart<Medicine>(medicines, [.. ordered.Missing, .. told.Missing, .. missing]);
    }

    private static async Task<ChartPart<Allergies>> AllergiesAsync(Task<Answered<AllergyIntolerance>> allergies)
    {
        var found = await allergies;
        var read = AllergyReader.Read(found.Items);
        // That nothing is recorded can only be said by who has read all of it.
        var mayBeElsewhere = found.Missing.Any(piece => piece.Why != Unread.MayBeMore) && read.State != "listed";
        return new ChartPart<Allergies>(mayBeElsewhere ? [] : [read], found.Missing);
    }

    private async Task<ChartPart<AppointmentFact>> AppointmentsAsync(Task<Answered<Appointment>> appointments, Task<Answered<Encounter>> encounters)
    {
        var (booked, been) = (await appointments, await encounters);
        return new ChartPart<AppointmentFact>(AppointmentReader.Read(booked.Items, been.Items, await notes, ours, now), [.. booked.Missing, .. been.Missing]);
    }

    private async Task<ChartPart<HospitalStay>> HospitalStaysAsync(Task<Answered<Encounter>> encounters)
    {
        var found = await encounters;
        return new ChartPart<HospitalStay>(HospitalReader.Read(found.Items, now), found.Missing);
    }

    private async Task<ChartPart<SummaryFact>> SummariesAsync(Task<Answered<DocumentReference>> documents)
    {
        var found = await documents;
        return new ChartPart<SummaryFact>(SummaryReader.Read(found.Items, await notes), found.Missing);
    }

    private async Task<ChartPart<AdvanceDirectives>> DirectivesAsync(
        Task<Answered<DocumentReference>> documents, Task<Answered<DocumentReference>> directives, Task<Answered<Consent>> consents, Task<Answered<Observation>> observations, Task<Answered<RelatedPerson>> related)
    {
        var (all, named, agreed, told, people) = (await documents, await directives, await consents, await observations, await related);
        var (read, missing) = await new DirectiveReader(chart).ReadAsync([.. named.Items, .. all.Items], agreed.Items, told.Items, people.Items, await notes);
        return new ChartPart<AdvanceDirectives>([read], [.. new[] { all.Missing, named.Missing, agreed.Missing, told.Missing, missing }.SelectMany(piece => piece).Distinct()]);
    }

    private async Task<ChartPart<ReferralFact>> ReferralsAsync(Task<Answered<ServiceRequest>> requests, Task<Answered<FhirTask>> tasks)
    {
        var (asked, followed) = (await requests, await tasks);
        return new ChartPart<ReferralFact>(ReferralReader.Read(asked.Items, followed.Items, await own, ours), [.. asked.Missing, .. followed.Missing]);
    }

    // Never in the chart, and not for those who have only the chart's rights: for the CHW team.
    private async Task<ChartPart<T>> OfTheTeamAsync<T>(Func<IReadOnlyList<OwnNote>, IReadOnlyList<T>> read) =>
        chart.Reader.IsAny(Role.Chw, Role.Supervisor) ? new ChartPart<T>(read(await notes), []) : new ChartPart<T>([], [new UnreadPiece(FactSource.VisitNote, Unread.NotAllowed)]);

    private async Task<ChartPart<ChangesFacts>> ChangedAsync(ChangeSources from, TeamCaller reader)
    {
        var visits = (await notes).Where(note => note.IsVisit && note.Stored.VisitTime <= now).ToList();
        var mine = visits.FirstOrDefault(IsMine);
        if ((mine ?? visits.FirstOrDefault()) is not { } last)
            return new ChartPart<ChangesFacts>([new ChangesFacts(null, false, [])], []);

        var since = last.Stored.VisitTime;
        var (conditions, allergies, requests, statements, encounters) = (await from.Conditions, await from.Allergies, await from.Requests, await from.Statements, await from.Encounters);
        var (appointments, asked, tasks, goals, plans) = (await from.Appointments, await from.ServiceRequests, await from.Tasks, await from.Goals, await from.Plans);
        IEnumerable<Change> changes =
        [
            .. ChangesReader.OfConditions(conditions.Items, since, ours, plain),
            .. ChangesReader.OfAllergies(allergies.Items, since),
            .. await ChangesReader.OfMedicinesAsync(requests.Items, statements.Items, new MedicineReader(chart, plain), since, now),
            .. ChangesReader.OfEncounters(encounters.Items, since, now),
            .. ChangesReader.OfAppointments(appointments.Items, since, now),
            .. ChangesReader.OfSummaries((await Summaries).Items, since),
            .. (await AdvanceDirectives).One is { } directives ? ChangesReader.OfDirectives(directives, since) : [],
            .. ChangesReader.OfReferrals(ReferralReader.All(asked.Items, tasks.Items, [], ours), await own, since),
            .. PlanChanges.Of(goals.Items, plans.Items, await own, ours, since),
            .. ChangesReader.OfMessages(await from.Messages, since, reader),
        ];
        IEnumerable<IReadOnlyList<UnreadPiece>> missing = [conditions.Missing, allergies.Missing, requests.Missing, statements.Missing, encounters.Missing, appointments.Missing, asked.Missing, tasks.Missing, goals.Missing, plans.Missing];
        return new ChartPart<ChangesFacts>([new ChangesFacts(since, mine is not null, [.. changes.NewestFirst(change => change.Date)])], [.. missing.SelectMany(pieces => pieces).Distinct()]);
    }

    private bool IsMine(OwnNote note) => note.Stored.SentBy == chart.Reader.Subject || (chart.Reader.Practitioner is { } self && (note.Stored.Author == self || note.Stored.Sender == self));
}
