using ChwFhir.Audit;
using ChwFhir.Fhir;

namespace ChwFhir.Api.Audit;

/// <summary>All records as FHIR AuditEvent, a line each, chain after chain in their order.</summary>
internal static class AuditExport
{
    private const int Bite = 500;

    public static async Task WriteAsync(AuditLog audit, Stream output, CancellationToken cancellationToken)
    {
        foreach (var head in await audit.HeadsAsync(cancellationToken))
            for (var after = 0L; after < head.Number;)
            {
                var entries = await audit.ReadAsync(head.Chain, after, Bite, cancellationToken);
                if (entries.Count == 0)
                    break;
                foreach (var entry in entries)
                    await output.WriteAsync((byte[])[.. FhirJson.ToBytes(AuditEvents.Of(entry)), (byte)'\n'], cancellationToken);
                after = entries[^1].Number;
            }
        await output.FlushAsync(cancellationToken);
    }
}
