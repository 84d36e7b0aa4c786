namespace ChwFhir.Delivery;

/// <summary>Who is at work at this moment.</summary>
/// <param name="Instances">Instances of the service that are writing.</param>
/// <param name="Lanes">Patients whose notes are being written.</param>
public sealed record WorkReport(long Instances, long Lanes);
