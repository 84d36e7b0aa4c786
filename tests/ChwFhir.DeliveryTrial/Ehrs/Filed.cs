namespace ChwFhir.DeliveryTrial.Ehrs;

/// <summary>Something that stands in a chart, as the EHR itself showed it to the trial.</summary>
/// <param name="Key">What it is known by (<see cref="ITrialEhr.Expected"/>); null for what nobody of the trial can have meant.</param>
/// <param name="Reference">Where it stands.</param>
internal sealed record Filed(string? Key, string Reference);
