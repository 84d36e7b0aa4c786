using System.Text.Json.Nodes;
using ChwFhir.Sandbox.Bundles;
using ChwFhir.Sandbox.Epic;
using ChwFhir.Sandbox.Rest;
using ChwFhir.Sandbox.Search;
using ChwFhir.Sandbox.Store;
using Microsoft.Extensions.Logging;

namespace ChwFhir.Sandbox.Loading;

/// <summary>Fills the store before the first request: the project's own patients into an empty one, then the Bundle of <c>Ehr__Sandbox__Load</c>.</summary>
internal sealed partial class Loader(Database database, ServerAddress address, SandboxOptions options, ILogger logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Seed && database.Read(session => session.IsEmpty))
        {
            var bundles = SeedPatients.Read(SeedPatients.All).ToList();
            // One database transaction: a start that is killed half-way leaves an empty store, which is seeded at the next one.
            var count = await database.WriteAsync(session => bundles.Sum(bundle => Load(session, bundle).Loaded), cancellationToken);
            Log.Seeded(logger, count, bundles.Count);
        }
        if (options is { Seed: true, IsEpic: true })
            await database.WriteAsync(LoadStrict, cancellationToken);
        if (options.Load is not { } file)
            return;
        var loaded = await LoadFileAsync(file, cancellationToken);
        Log.Loaded(logger, loaded.Loaded, loaded.Known, loaded.Unresolved);
    }

    private async Task<LoadedBundle> LoadFileAsync(string file, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        if (Json.Read(bytes, out var fault) is not { } bundle)
            throw new SandboxStartException($"Ehr__Sandbox__Load: {fault}");
        if (bundle["resourceType"].String() != "Bundle" || bundle["type"].String() is not ("transaction" or "batch" or "collection"))
            throw new SandboxStartException("Ehr__Sandbox__Load: the file is no transaction, batch or collection Bundle.");
        try
        {
            return await database.WriteAsync(session => Load(session, bundle), cancellationToken);
        }
        catch (Refusal refusal)
        {
            throw new SandboxStartException($"Ehr__Sandbox__Load: {Outcome.Of(refusal.Issues.Take(3)).Text()}");
        }
    }

    // At every start, as the store may have been filled by an open one.
    private bool LoadStrict(Session session)
    {
        foreach (var bundle in SeedPatients.Read(SeedPatients.Strict))
        {
            Load(session, bundle);
            foreach (var patient in bundle["entry"].Objects().Select(entry => entry["resource"]!).Where(resource => resource.At("meta.tag").Any(tag => tag["code"].String() == ChartState.Deleted)))
                new Writing(session, address, options.Clock) { IsLoading = true }.Delete("Patient", patient["id"].String()!, null);
        }
        return true;
    }

    private LoadedBundle Load(Session session, JsonObject bundle) =>
        new BundleLoader(session, new Writing(session, address, options.Clock) { IsLoading = true }, new Searcher(address)).Load(bundle);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The sandbox EHR starts with {Count} resources of {Files} files of its own.")]
        public static partial void Seeded(ILogger logger, int count, int files);

        [LoggerMessage(Level = LogLevel.Information, Message = "The sandbox EHR loaded {Loaded} resources; {Known} were there already; {Unresolved} references point outside the file and became logical ones.")]
        public static partial void Loaded(ILogger logger, int loaded, int known, int unresolved);
    }
}
