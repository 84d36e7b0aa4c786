using ChwFhir.CareTeam;
using ChwFhir.Fhir.Model;
using ChwFhir.Queue;

namespace ChwFhir.Chart;

/// <summary>What is otherwise than at a visit: told only where a date says so, or where what we last saw in the chart was another.</summary>
internal static class ChangesReader
{
    public static IEnumerable<Change> OfConditions(IEnumerable<Condition> conditions, DateTimeOffset since, string ours, PlainWords plain) =>
        from condition in conditions
        where ProblemReader.Stands(condition) && Said.Text(condition.Code) is not null && !condition.Identifier.Any(one => one.System == ours)
        let problem = ProblemReader.Of(condition, plain)
        let recorded = Said.Clean(condition.RecordedDate) ?? Said.Date(condition.Onset)
        let ended = Said.Date(condition.Abatement)
        let change = Said.IsAfter(ended, since) ? "diagnosis-resolved" : Said.IsAfter(recorded, since) && ended is null ? "diagnosis" : null
        where change is not null
        select new Change(change, problem.Text, problem.Plain, null, problem.Status, Said.Clean(condition.Recorder?.Display) ?? Said.Clean(condition.Asserter?.Display), change == "diagnosis" ? recorded : ended, true, problem.Source);

    public static IEnumerable<Change> OfAllergies(IEnumerable<AllergyIntolerance> allergies, DateTimeOffset since) =>
        from allergy in allergies
        where AllergyReader.IsAllergy(allergy) && Said.IsAfter(allergy.RecordedDate, since)
        let fact = AllergyReader.Of(allergy)
        select new Change("allergy", fact.Text, null, null, null, Said.Clean(allergy.Recorder?.Display), allergy.RecordedDate, true, fact.Source);

    public static async Task<IEnumerable<Change>> OfMedicinesAsync(IEnumerable<MedicationRequest> requests, IEnumerable<MedicationStatement> statements, MedicineReader reader, DateTimeOffset since, DateTimeOffset now)
    {
        var asked = await Task.WhenAll(requests.Where(one => one.DoNotPerform is not true && one.Status is not (MedicationRequest.MedicationrequestStatus.EnteredInError or MedicationRequest.MedicationrequestStatus.Draft)).Select(async one => (
            Medicine: await reader.OfAsync(one), InForce: MedicineReader.IsInForce(one), Stopped: one.Status is MedicationRequest.MedicationrequestStatus.Stopped or MedicationRequest.MedicationrequestStatus.Cancelled,
            Touched: Said.Stamp(one.Meta?.LastUpdated), Why: Said.Text(one.StatusReason))));
        var told = await Task.WhenAll(statements.Where(one => one.Status is not MedicationStatement.MedicationStatusCodes.EnteredInError).Select(async one => (
            Medicine: await reader.OfAsync(one), InForce: MedicineReader.IsInForce(one), Stopped: one.Status is MedicationStatement.MedicationStatusCodes.Stopped or MedicationStatement.MedicationStatusCodes.NotTaken,
            Touched: Said.Stamp(one.Meta?.LastUpdated), Why: one.StatusReason.Select(Said.Text).FirstOrDefault(text => text is not null))));
        List<Change> changes = [];
        foreach (var (medicine, inForce, stopped, touched, why) in asked.Concat(told))
        {
            if (medicine is null)
                continue;
            var ended = medicine.Until is { } until && Said.Order(until) <= now && Said.IsAfter(until, since);
            if (inForce && Said.IsAfter(medicine.Since, since))
                changes.Add(new Change("medicine-started", medicine.Text, medicine.Plain, null, medicine.Status, medicine.By, medicine.Since, true, medicine.Source));
            else if (!inForce && ended)
                changes.Add(new Change("medicine-stopped", medicine.Text, medicine.Plain, null, why ?? medicine.Status, medicine.By, medicine.Until, true, medicine.Source));
            else if (stopped && Said.IsAfter(touched, since))
                changes.Add(new Change("medicine-stopped", medicine.Text, medicine.Plain, null, why ?? medicine.Status, null, touched, false, medicine.Source));
        }
        // A prescription that was written again was neither started nor stopped.
        var renewed = changes.Where(one => one.Kind == "medicine-started").Select(one => one.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        renewed.IntersectWith(changes.Where(one => one.Kind == "medicine-stopped").Select(one => one.Text));
        return changes.Where(one => !renewed.Contains(one.Text)).DistinctBy(one => (one.Kind, one.Text.ToLowerInvariant()));
    }

    public static IEnumerable<Change> OfEncounters(IEnumerable<Encounter> encounters, DateTimeOffset since, DateTimeOffset now)
    {
        foreach (var encounter in encounters.Where(one => HospitalReader.Stands(one) && Encounters.StayOf(one) is not null))
        {
            var stay = HospitalReader.Of(encounter);
            if (Said.IsAfter(stay.Start, since) && Said.Moment(stay.Start) <= now)
                yield return new Change(stay.Kind, stay.Reason ?? stay.Text ?? "", null, null, stay.End is null ? stay.Status : null, stay.Where, stay.Start, true, stay.Source);
            else if (Said.IsAfter(stay.End, since) && Said.Moment(stay.End) <= now)
                yield return new Change("discharge", stay.Reason ?? stay.Text ?? "", null, null, stay.To, stay.Where, stay.End, true, stay.Source);
        }
    }

    public static IEnumerable<Change> OfAppointments(IEnumerable<Appointment> appointments, DateTimeOffset since, DateTimeOffset now) =>
        from one in appointments
        let missed = one.Status is Appointment.AppointmentStatus.Noshow && one.Start > since && one.Start <= now
        let cancelled = one.Status is Appointment.AppointmentStatus.Cancelled && one.Start > since && (one.Start > now || one.Meta?.LastUpdated > since)
        where missed || cancelled
        let text = Said.Text(one.AppointmentType) ?? one.ServiceType.Select(Said.Text).FirstOrDefault(words => words is not null) ?? Said.Clean(one.Description) ?? ""
        select new Change(missed ? "appointment-missed" : "appointment-cancelled", text, null, null, Said.Text(one.CancelationReason),
            one.Participant.Where(who => who.Actor?.Reference?.Contains("Practitioner", StringComparison.Ordinal) is true).Select(who => Said.Clean(who.Actor!.Display)).FirstOrDefault(name => name is not null),
            Said.Stamp(one.Start), true, Said.Chart(one, Said.Stamp(one.Start)));

    public static IEnumerable<Change> OfSummaries(IEnumerable<SummaryFact> summaries, DateTimeOffset since) =>
        summaries.Where(one => Said.IsAfter(one.Date, since)).Select(one => new Change("summary", one.Title, null, null, null, one.By, one.Date, true, one.Source));

    public static IEnumerable<Change> OfDirectives(AdvanceDirectives directives, DateTimeOffset since) => directives.Items
        .Where(one => one.Source.From == FactSource.Chart && Said.IsAfter(one.Source.Date, since)).Select(one => new Change("directive", one.Text ?? one.Kind, null, null, one.Status, null, one.Source.Date, true, one.Source));

    // What the last visit itself wrote into the chart, some time after it began, is no news to who was there.
    public static IEnumerable<Change> OfReferrals(IEnumerable<ReferralFact> referrals, IReadOnlyList<LongLivedRow> own, DateTimeOffset since) => referrals
        .Where(one => one.Source.From == FactSource.Chart && one.Status is not ("requested" or "active" or "draft" or "ready") && Said.IsAfter(one.Changed, since) && !ReferralReader.IsAsTold(one, own, since))
        .Select(one => new Change("referral-changed", one.Service, null, null, one.Status, one.To, one.Changed, false, one.Source));

    // What was answered for the patient is told to the patient by who calls: the CHW sees that, and not the advice.
    public static IEnumerable<Change> OfMessages(IEnumerable<MessageView> messages, DateTimeOffset since, TeamCaller reader)
    {
        foreach (var message in messages.Where(one => one.Withdrawn is null))
        {
            var source = new FactSource(FactSource.Message, message.Id, Said.Stamp(message.SentAt));
            if (message.Replies.Where(one => one.At > since && one.By != reader.Self).OrderBy(one => one.At).LastOrDefault() is { } reply)
                yield return new Change("message-answered", message.Text, null, null, reply.Will, reply.Role, Said.Stamp(reply.At), true, source);
            else if (message is { Reach: "closed", At: { } at } && at > since && message.By != reader.Self)
                yield return new Change("message-closed", message.Text, null, null, message.Outcome, null, Said.Stamp(at), true, source);
        }
    }
}
