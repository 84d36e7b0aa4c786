using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>The medicines that are in force, from prescriptions and from what was told; the name is read beside where it is a resource of its own.</summary>
internal sealed class MedicineReader(ChartReading chart, PlainWords plain)
{
    private readonly List<UnreadPiece> missing = [];

    public async Task<(IReadOnlyList<Medicine> Medicines, IReadOnlyList<UnreadPiece> Missing)> ReadAsync(IReadOnlyList<MedicationRequest> requests, IReadOnlyList<MedicationStatement> statements)
    {
        var wanted = requests.Where(one => IsInForce(one)).Select(OfAsync).Concat(statements.Where(one => IsInForce(one)).Select(OfAsync)).ToList();
        var medicines = (await Task.WhenAll(wanted)).OfType<Medicine>().NewestFirst(one => one.Since).DistinctBy(one => one.Text.ToLowerInvariant());
        IReadOnlyList<Medicine> all = [.. medicines.OrderBy(one => one.Text, StringComparer.OrdinalIgnoreCase)];
        lock (missing)
            return (all, [.. missing.Distinct()]);
    }

    public static bool IsInForce(MedicationRequest one) =>
        one.DoNotPerform is not true && one.Intent is not (MedicationRequest.MedicationRequestIntent.Proposal or MedicationRequest.MedicationRequestIntent.Option)
        && one.Status is MedicationRequest.MedicationrequestStatus.Active or MedicationRequest.MedicationrequestStatus.OnHold or null && one.DoNotPerform is not true;

    public static bool IsInForce(MedicationStatement one) => one.Status is MedicationStatement.MedicationStatusCodes.Active or MedicationStatement.MedicationStatusCodes.Intended or MedicationStatement.MedicationStatusCodes.OnHold or null;

    /// <summary>Null when the chart does not say which medicine it is.</summary>
    public async Task<Medicine?> OfAsync(MedicationRequest request)
    {
        if (await NameAsync(request, request.Medication) is not { } name)
            return null;
        var since = Said.Clean(request.AuthoredOn);
        return new Medicine(
            name.Text, plain.OfMedicine(name.Text, name.Code), How(request.DosageInstruction), request.Status?.GetLiteral(), since, Said.Clean(request.DispenseRequest?.ValidityPeriod?.End) ?? EndOf(request.DosageInstruction),
            Said.Clean(request.Requester?.Display), Reason(request.ReasonCode, request.ReasonReference), Said.Chart(request, since));
    }

    public async Task<Medicine?> OfAsync(MedicationStatement statement)
    {
        if (await NameAsync(statement, statement.Medication) is not { } name)
            return null;
        var since = Said.Date(statement.Effective);
        return new Medicine(
            name.Text, plain.OfMedicine(name.Text, name.Code), How(statement.Dosage), statement.Status?.GetLiteral(), since, Said.End(statement.Effective), Said.Clean(statement.InformationSource?.Display),
            Reason(statement.ReasonCode, statement.ReasonReference), Said.Chart(statement, Said.Clean(statement.DateAsserted) ?? since));
    }

    private async Task<(string Text, CodeableConcept? Code)?> NameAsync(DomainResource holder, DataType? medication)
    {
        if (medication is CodeableConcept concept)
            return Said.Text(concept) is { } text ? (text, concept) : null;
        if (medication is not ResourceReference { } reference)
            return null;
        if (reference.Reference is ['#', .. var inside])
            return holder.Contained.OfType<Medication>().FirstOrDefault(one => one.Id == inside) is { Code: { } within } && Said.Text(within) is { } name ? (name, within) : Named(reference);
        // What it is called stands beside most references; then nobody has to be asked.
        if (Named(reference) is { } called)
            return called;
        if (reference.Reference is not { } to)
            return null;
        var (found, unread) = await chart.FollowAsync(to);
        if (unread is not null)
            lock (missing)
                missing.Add(unread);
        return found is Medication { Code: { } code } && Said.Text(code) is { } read ? (read, code) : null;
    }

    private static (string, CodeableConcept?)? Named(ResourceReference reference) => Said.Clean(reference.Display) is { } display ? (display, null) : null;

    private static string? How(IEnumerable<Dosage> dosage) => Said.Clean(string.Join(" ", dosage.OrderBy(one => one.Sequence ?? 0).Select(one => Said.Clean(one.Text) ?? Said.Clean(one.PatientInstruction) ?? Structured(one)).Where(text => text is not null)));

    private static string? Structured(Dosage dosage)
    {
        var dose = dosage.DoseAndRate.Select(one => one.Dose as Quantity).FirstOrDefault(one => one?.Value is not null);
        var repeat = dosage.Timing?.Repeat;
        var times = repeat is { Frequency: { } often, Period: { } period, PeriodUnit: { } unit }
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{often} × / {(period == 1 ? "" : period.ToString(System.Globalization.CultureInfo.InvariantCulture) + " ")}{unit.GetLiteral()}") : Said.Text(dosage.Timing?.Code);
        var asNeeded = dosage.AsNeeded is FhirBoolean { Value: true } ? "as needed" : Said.Text(dosage.AsNeeded as CodeableConcept);
        return Said.Clean(string.Join(", ", new[] { dose is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{dose.Value} {dose.Unit}").Trim(), times, Said.Text(dosage.Route), asNeeded }.Where(part => !string.IsNullOrWhiteSpace(part))));
    }

    private static string? EndOf(IEnumerable<Dosage> dosage) => dosage.Select(one => (one.Timing?.Repeat?.Bounds as Period)?.End).FirstOrDefault(end => end is not null);

    private static string? Reason(IEnumerable<CodeableConcept> codes, IEnumerable<ResourceReference> references) =>
        codes.Select(Said.Text).Concat(references.Select(one => Said.Clean(one.Display))).FirstOrDefault(text => text is not null);
}
