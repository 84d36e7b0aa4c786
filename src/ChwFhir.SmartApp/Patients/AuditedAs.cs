namespace ChwFhir.SmartApp.Patients;

/// <summary>What the audit log calls a page of a patient.</summary>
/// <param name="ByItself">The route writes the record, for it knows which one was read.</param>
internal sealed record AuditedAs(string Kind, bool ByItself = false)
{
    public static string Of(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<AuditedAs>()?.Kind ?? "overview";
}
