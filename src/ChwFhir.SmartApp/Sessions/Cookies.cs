namespace ChwFhir.SmartApp.Sessions;

/// <summary>
/// Cookies that live in an EHR's frame: partitioned by the site around them (CHIPS), so that a browser which blocks cookies of third parties keeps them,
/// and sent to one sign-in's or one session's addresses only, so that two charts in two frames never share one.
/// </summary>
internal static class Cookies
{
    public static string? Read(HttpRequest request, string name) => request.Cookies[Name(request, name)];

    public static void Write(HttpContext context, string name, string value, string path, TimeSpan? life) =>
        context.Response.Cookies.Append(Name(context.Request, name), value, Options(path, life));

    public static void Remove(HttpContext context, string name, string path) => context.Response.Cookies.Delete(Name(context.Request, name), Options(path, null));

    // Over https the name itself forbids that a page without TLS, or another host of the domain, plants one. Browsers hold plain localhost for secure, but take no such name there.
    private static string Name(HttpRequest request, string name) => request.IsHttps ? "__Secure-" + name : name;

    private static CookieOptions Options(string path, TimeSpan? life)
    {
        var options = new CookieOptions { HttpOnly = true, Secure = true, SameSite = SameSiteMode.None, Path = path, MaxAge = life, IsEssential = true };
        options.Extensions.Add("Partitioned");
        return options;
    }
}
