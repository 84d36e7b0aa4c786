namespace ChwFhir.Access;

/// <summary>The patients whom somebody may see.</summary>
/// <param name="Patients"><c>Patient/x</c>; null where it is all of them, or not known.</param>
public sealed record PatientSet(IReadOnlySet<string>? Patients, bool IsKnown)
{
    public static readonly PatientSet All = new(null, true);
    public static readonly PatientSet None = new(new HashSet<string>(), true);

    /// <summary>Only the EHR could tell, and it does not answer.</summary>
    public static readonly PatientSet NotYetKnown = new(null, false);

    public bool IsAll => IsKnown && Patients is null;

    public static PatientSet Of(IEnumerable<string> patients) => new(patients.ToHashSet(StringComparer.Ordinal), true);

    public bool Has(string patient) => IsKnown && Patients?.Contains(patient) != false;

    /// <summary>Whoever has several roles sees what each of them sees; what is not known of one role does not take from another.</summary>
    public PatientSet And(PatientSet other) => (this, other) switch
    {
        _ when IsAll || other.IsAll => All,
        _ when !IsKnown => other.Patients is { Count: > 0 } ? other : this,
        _ when !other.IsKnown => Patients is { Count: > 0 } ? this : other,
        _ => Of(Patients!.Concat(other.Patients!)),
    };
}
