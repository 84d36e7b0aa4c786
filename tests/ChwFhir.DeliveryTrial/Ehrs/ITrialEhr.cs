using ChwFhir.DeliveryTrial.Notes;

namespace ChwFhir.DeliveryTrial.Ehrs;

/// <summary>An EHR as a process of its own, with the trial's patients in it.</summary>
internal interface ITrialEhr : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Whether notes may wait for a person only in the rarest cases: the EHR can say what it has.</summary>
    bool IsLenient { get; }

    /// <summary>Its FHIR base, past the proxy.</summary>
    Uri Base { get; }

    /// <summary>The encounter that a visit's note has to name; null where the service makes it.</summary>
    string? EncounterOf(string patient, int visit);

    /// <summary>Keys of all that must stand in the chart once for this note.</summary>
    IEnumerable<string> Expected(TrialNote note);

    /// <summary>Everything that was written to the charts, by searches over all pages, past the service and past the proxy.</summary>
    Task<IReadOnlyList<Filed>> ReadAsync(IReadOnlyList<string> patients, CancellationToken cancellationToken);
}
