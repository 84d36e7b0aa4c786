namespace ChwFhir.SmartApp.SignIn;

/// <summary>Whether a page is shown inside another one, as far as the browser says.</summary>
internal static class Frames
{
    public static bool IsFramed(HttpRequest request) => request.Headers["Sec-Fetch-Dest"].ToString() is "iframe" or "frame";
}
