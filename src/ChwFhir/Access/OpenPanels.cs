namespace ChwFhir.Access;

/// <summary>Everybody's patients are everybody's: for trying the service out.</summary>
internal sealed class OpenPanels : IPanels
{
    public Task<PatientAnswer> HasAsync(Caller caller, string patient, CancellationToken cancellationToken) => Task.FromResult(PatientAnswer.Yes);

    public Task<PatientSet> OfAsync(Caller caller, CancellationToken cancellationToken) => Task.FromResult(PatientSet.All);

    public Task<ChwSet?> ChwsOfAsync(Caller supervisor, CancellationToken cancellationToken) => Task.FromResult<ChwSet?>(ChwSet.All);
}
