namespace ChwFhir.Access;

/// <summary>Who belongs to whom: as a file says, as the EHR's care teams say, or everybody to everybody.</summary>
internal interface IPanels
{
    /// <summary>Whether a patient is one of this person's own.</summary>
    Task<PatientAnswer> HasAsync(Caller caller, string patient, CancellationToken cancellationToken);

    /// <summary>All of their own.</summary>
    Task<PatientSet> OfAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Whose notes a supervisor sees; null while nobody can tell.</summary>
    Task<ChwSet?> ChwsOfAsync(Caller supervisor, CancellationToken cancellationToken);
}
