using ChwFhir.CareTeam;
using ChwFhir.Fhir.Model;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>An overview that is being read: every part is there when it is there, and waits for no other. Made by <see cref="Overviews"/>.</summary>
public sealed partial class OverviewReading
{
    private readonly ChartReading chart;
    private readonly Task<IReadOnlyList<OwnNote>> notes;
    private readonly Task<IReadOnlyList<LongLivedRow>> own;
    private readonly PlainWords plain;
    private readonly string ours;
    private readonly DateTimeOffset now;

    internal OverviewReading(ChartReading chart, Task<IReadOnlyList<OwnNote>> notes, Task<IReadOnlyList<LongLivedRow>> own, Task<IReadOnlyList<MessageView>> messages, TeamCaller reader, PlainWords plain, string ours, DateTimeOffset now)
    {
        (this.chart, this.notes, this.own, this.plain, this.ours, this.now) = (chart, notes, own, plain, ours, now);
        // All first questions go out before any answer is waited for.
        var person = chart.PersonAsync();
        var related = chart.SearchAsync<RelatedPerson>(ChartQuestions.RelatedPersons);
        var teams = chart.SearchAsync<FhirCareTeam>(ChartQuestions.CareTeams);
        var episodes = chart.SearchAsync<EpisodeOfCare>(ChartQuestions.Episodes);
        var conditions = chart.SearchAsync<Condition>(ChartQuestions.Conditions);
        var requests = chart.SearchAsync<MedicationRequest>(ChartQuestions.MedicationRequests);
        var statements = chart.SearchAsync<MedicationStatement>(ChartQuestions.MedicationStatements);
        var allergies = chart.SearchAsync<AllergyIntolerance>(ChartQuestions.Allergies);
        var appointments = chart.SearchAsync<Appointment>(ChartQuestions.Appointments(now));
        var encounters = chart.SearchAsync<Encounter>(ChartQuestions.Encounters);
        var documents = chart.SearchAsync<DocumentReference>(ChartQuestions.Documents);
        var directiveDocuments = chart.SearchAsync<DocumentReference>(ChartQuestions.DirectiveDocuments);
        var consents = chart.SearchAsync<Consent>(ChartQuestions.Consents);
        var statementsOfDirectives = chart.SearchAsync<Observation>(ChartQuestions.DirectiveObservations);
        var serviceRequests = chart.SearchAsync<ServiceRequest>(ChartQuestions.ServiceRequests);
        var tasks = chart.SearchAsync<FhirTask>(ChartQuestions.Tasks);
        var goals = chart.SearchAsync<Goal>(ChartQuestions.Goals);
        var plans = chart.SearchAsync<CarePlan>(ChartQuestions.Plans);

        Person = PersonPartAsync(person);
        Caregivers = CaregiversAsync(related, person);
        CareTeam = CareTeamAsync(teams, person);
        Programmes = ProgrammesAsync(teams, episodes, conditions);
        Problems = ProblemsAsync(conditions);
        Medicines = MedicinesAsync(requests, statements);
        Allergies = AllergiesAsync(allergies);
        Appointments = AppointmentsAsync(appointments, encounters);
        HospitalStays = HospitalStaysAsync(encounters);
        Summaries = SummariesAsync(documents);
        AdvanceDirectives = DirectivesAsync(documents, directiveDocuments, consents, statementsOfDirectives, related);
        Referrals = ReferralsAsync(serviceRequests, tasks);
        Ask = OfTheTeamAsync(AskReader.Read);
        Home = OfTheTeamAsync<HomeFacts>(said => AskReader.Home(said) is { } home ? [home] : []);
        Changed = ChangedAsync(new ChangeSources(conditions, allergies, requests, statements, encounters, appointments, serviceRequests, tasks, goals, plans, messages), reader);
    }

    /// <summary><c>Patient/x</c>.</summary>
    public string Patient => chart.Patient;

    public DateTimeOffset AsOf => now;

    public Task<ChartPart<PersonFacts>> Person { get; }

    public Task<ChartPart<Caregiver>> Caregivers { get; }

    public Task<ChartPart<CareTeamPerson>> CareTeam { get; }

    public Task<ChartPart<ProgrammeFacts>> Programmes { get; }

    public Task<ChartPart<Problem>> Problems { get; }

    public Task<ChartPart<Medicine>> Medicines { get; }

    /// <summary>One, or none where they could not be read: that is not the same as none.</summary>
    public Task<ChartPart<Allergies>> Allergies { get; }

    public Task<ChartPart<AppointmentFact>> Appointments { get; }

    public Task<ChartPart<HospitalStay>> HospitalStays { get; }

    public Task<ChartPart<SummaryFact>> Summaries { get; }

    public Task<ChartPart<AdvanceDirectives>> AdvanceDirectives { get; }

    public Task<ChartPart<ReferralFact>> Referrals { get; }

    public Task<ChartPart<AskFact>> Ask { get; }

    public Task<ChartPart<HomeFacts>> Home { get; }

    public Task<ChartPart<ChangesFacts>> Changed { get; }

    /// <summary>The EHR says that there is no such patient.</summary>
    public async Task<bool> IsNobodyAsync()
    {
        await Person;
        return chart.IsNobody;
    }
}
