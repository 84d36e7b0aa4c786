using System.Text;
using ChwFhir.Fhir.Smart;

namespace ChwFhir.Api.Host;

/// <summary>The key that a start in Development makes for itself, so that the service and the sandbox use real tokens without any setting. It says of itself what it is.</summary>
internal static class DevelopmentKey
{
    private const string Remark = "Made by ChwFhir for trying out. A service in Production does not start with it.";
    private const string Name = "smart-key.pem";

    /// <summary>The key file of this folder; made, for its owner alone, when it is not there yet.</summary>
    public static string In(string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, Name));
        if (File.Exists(path))
            return path;

        Directory.CreateDirectory(folder);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // Beside its place first: a start that is killed here leaves no half key.
        using (var file = new FileStream(path + ".new", options))
            file.Write(Encoding.ASCII.GetBytes($"{Remark}\n{SmartKeys.NewPem()}"));
        File.Move(path + ".new", path, overwrite: true);
        return path;
    }

    public static bool IsOne(string path)
    {
        try
        {
            return File.ReadAllText(path).Contains(Remark, StringComparison.Ordinal);
        }
        // Whoever needs the key says what is wrong with the file.
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
