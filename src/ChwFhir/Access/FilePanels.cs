namespace ChwFhir.Access;

/// <summary>As the panel file says.</summary>
internal sealed class FilePanels(PanelFile file) : IPanels
{
    public Task<PatientAnswer> HasAsync(Caller caller, string patient, CancellationToken cancellationToken) =>
        Task.FromResult(file.Of(caller.Subject)?.Patients.Contains(patient) is true ? PatientAnswer.Yes : PatientAnswer.NotInPanel);

    public Task<PatientSet> OfAsync(Caller caller, CancellationToken cancellationToken) =>
        Task.FromResult(file.Of(caller.Subject) is { } entry ? new PatientSet(entry.Patients, true) : PatientSet.None);

    public Task<ChwSet?> ChwsOfAsync(Caller supervisor, CancellationToken cancellationToken) => Task.FromResult<ChwSet?>(ChwsOf(file, supervisor.Subject));

    /// <summary>By subject or by Practitioner, whichever the file says; the one leads to the other where the file has both.</summary>
    public static ChwSet ChwsOf(PanelFile file, string supervisor)
    {
        var people = file.People();
        // Of a colleague who is away only the Practitioner may be known.
        var found = file.Of(supervisor) ?? (supervisor.StartsWith("Practitioner/", StringComparison.Ordinal) ? people.Values.FirstOrDefault(person => person.Practitioner == supervisor) : null);
        if (found is not { Chws: { Count: > 0 } chws })
            return ChwSet.None;
        var practitioners = new HashSet<string>(StringComparer.Ordinal);
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chw in chws)
        {
            if (people.TryGetValue(chw, out var entry))
            {
                subjects.Add(chw);
                if (entry.Practitioner is { } practitioner)
                    practitioners.Add(practitioner);
                continue;
            }
            practitioners.Add(chw);
            subjects.UnionWith(people.Where(person => person.Value.Practitioner == chw).Select(person => person.Key));
        }
        return new ChwSet(false, practitioners, subjects);
    }
}
