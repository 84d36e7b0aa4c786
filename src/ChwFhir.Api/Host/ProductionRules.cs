using ChwFhir.Ehr;
using ChwFhir.Fhir.Smart;
using ChwFhir.Queue;

namespace ChwFhir.Api.Host;

/// <summary>What is good enough for trying out, and what no start outside of Development lets pass.</summary>
internal static partial class ProductionRules
{
    /// <summary>A line for each.</summary>
    public static IEnumerable<string> Faults(IConfiguration settings)
    {
        if (Uri.TryCreate(settings["Ehr:BaseUrl"], UriKind.Absolute, out var ehr) && ehr is { Scheme: "http", IsLoopback: false })
            yield return "Ehr__BaseUrl: https is needed outside of Development; plain http is for an EHR on this machine only.";
        if (Uri.TryCreate(settings["PublicUrl"], UriKind.Absolute, out var here) && here is { Scheme: "http", IsLoopback: false })
            yield return "PublicUrl: https is needed outside of Development; over plain http whoever listens on the way comes in as the person who signs in.";
        if (StoreKeyFault(settings) is { } fault)
            yield return fault;
        foreach (var setting in (string[])["Ehr:Auth:KeyFile", "App:KeyFile"])
        {
            if (SmartKeys.Paths(settings[setting] ?? "").Any(DevelopmentKey.IsOne))
                yield return $"{setting.Replace(":", "__", StringComparison.Ordinal)}: this key was made for trying out; outside of Development give the service a key of its own.";
        }
    }

    public const string NoStoreKey =
        "Storage__KeyFile: the key that the store is sealed with is needed outside of Development, in a file or in the environment as Storage__Key; make one with openssl rand -base64 32 and keep a copy of it: without it nobody can read the store.";

    private static string? StoreKeyFault(IConfiguration settings)
    {
        if (settings["Storage:Key"] is not { Length: > 0 } key)
            return NoStoreKey;
        if (StorageOptions.IsForTryingOut(key))
            return "Storage__KeyFile: this key was made for trying out; outside of Development give the store a key of its own, with this one behind it on a second line and without its first line to go on with what is stored.";
        var folder = settings["Storage:Directory"] is { Length: > 0 } set ? set : new StorageOptions().Directory;
        return settings["Storage:KeyFile"] is { Length: > 0 } file && IsIn(folder, file)
            ? "Storage__KeyFile: lies in Storage__Directory: whoever takes a copy of the store would have its key too; put it elsewhere."
            : null;
    }

    private static bool IsIn(string folder, string file) => Path.GetRelativePath(Real(folder), Real(file)) is var way && way != ".." && !way.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !Path.IsPathRooted(way);

    // Where it lies in the end: a link in another folder hides nothing.
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var here = Path.Combine(Real(parent), Path.GetFileName(full));
        FileSystemInfo info = Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        return info.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? here;
    }

    /// <summary>What is allowed, and seldom meant.</summary>
    public static IEnumerable<string> Warnings(IConfiguration settings)
    {
        if (!string.IsNullOrWhiteSpace(settings["App:ClientId"]) && string.IsNullOrWhiteSpace(settings["App:LaunchRoles"]) && (settings["App:LaunchRole"] ?? "clinician") == "clinician")
            yield return "App__LaunchRoles names nobody and App__LaunchRole is clinician: whoever the EHR lets open the app has a clinician's rights. Name the CHWs, nurses and social workers, or set another role for everybody else.";
        if (settings["Auth:Panel"] == "open")
            yield return "Auth__Panel is open: every CHW sees every patient. file or careteam is meant for Production.";
        if (Uri.TryCreate(settings["PublicUrl"], UriKind.Absolute, out var here) && here.Scheme == Uri.UriSchemeHttp)
            yield return "PublicUrl is plain http: sign-ins and notes can be read on the way. https is meant for Production.";
    }

    /// <summary>The same at the start, and what the EHR's sign-in has of the kind.</summary>
    public static void Warn(IConfiguration settings, ILogger logger)
    {
        foreach (var line in Warnings(settings))
            Log.Allowed(logger, line);
        if ((settings["Ehr:Auth:Mode"] ?? EhrAuthOptions.None) == EhrAuthOptions.None)
            Log.NoToken(logger);
        if (settings["Ehr:Auth:Mode"] == EhrAuthOptions.Bearer)
            Log.FixedToken(logger);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Line}")]
        public static partial void Allowed(ILogger logger, string line);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Ehr__Auth__Mode is none: the service shows the EHR no token. Only an EHR that nobody else can reach should take that; backend is meant for Production.")]
        public static partial void NoToken(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Ehr__Auth__Mode is bearer: a token that does not run out is for test servers; backend is meant for Production.")]
        public static partial void FixedToken(ILogger logger);
    }
}
