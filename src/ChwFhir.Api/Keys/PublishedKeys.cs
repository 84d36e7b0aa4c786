using ChwFhir.Ehr;
using ChwFhir.Fhir.Smart;
using Microsoft.Extensions.Options;

namespace ChwFhir.Api.Keys;

/// <summary>The public halves of the keys that the service signs with: for the EHR's tokens (<c>Ehr__Auth__KeyFile</c>) and for its app (<c>App__KeyFile</c>).</summary>
internal sealed class PublishedKeys(IOptions<EhrOptions> ehr, IConfiguration settings)
{
    private readonly Lazy<string> jwks = new(() => Jwks(ehr.Value.Auth, settings["App:KeyFile"]));

    /// <summary>JSON, the same until the next start.</summary>
    public string Json => jwks.Value;

    /// <summary>What is wrong with the app's keys; those of the EHR's tokens are looked at with the other settings of the EHR.</summary>
    public static IEnumerable<string> Faults(IConfiguration settings)
    {
        if (settings["App:KeyFile"] is not { Length: > 0 } files)
            return [];
        try
        {
            SmartKeys.Load(files).Dispose();
            return [];
        }
        catch (SmartKeyException unfit)
        {
            return [$"App__KeyFile: {unfit.Message}; allowed are private RSA keys of 2048 bits and more, and P-384."];
        }
    }

    private static string Jwks(EhrAuthOptions auth, string? app)
    {
        List<SmartKeys> sets = [];
        if (auth is { Mode: EhrAuthOptions.Backend, KeyFile: { } backend })
            sets.Add(SmartKeys.Load(backend));
        if (!string.IsNullOrWhiteSpace(app))
            sets.Add(SmartKeys.Load(app));

        var json = SmartKeys.Jwks(sets.SelectMany(set => set.All));
        foreach (var set in sets)
            set.Dispose();
        return json;
    }
}
