namespace ChwFhir.SmartApp.SignIn;

/// <summary>Addresses of the app.</summary>
internal static class Paths
{
    public const string Smart = "/smart";
    public const string App = "/app";
    public const string Launch = "/smart/launch";
    public const string Standalone = "/smart/standalone";
    public const string SignIn = "/app/sign-in";

    /// <summary>Where the way's sign-in goes on once the browser has shown that it keeps our cookie.</summary>
    public static string Onward(Way way) => $"{Root(way)}/onward";

    public static string Callback(Way way) => $"{Root(way)}/callback";

    /// <summary>What the cookie of a sign-in is sent to.</summary>
    public static string Root(Way way) => way == Way.Smart ? Smart : App;

    public static string Session(string id) => $"{App}/{id}";

    /// <summary>The pages of one patient, and the list of all, stand under this word.</summary>
    public const string Patients = "patients";

    public static string Patient(string session, string id, string? page = null) => $"{App}/{session}/{Patients}/{id}{(page is null ? "" : "/" + page)}";

    public static bool AreOurs(PathString path) => path.StartsWithSegments(Smart) || path.StartsWithSegments(App);
}
