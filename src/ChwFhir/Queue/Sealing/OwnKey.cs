using System.Security.Cryptography;

namespace ChwFhir.Queue.Sealing;

/// <summary>A key beside the store, for trying out: whoever takes the folder has both. Outside of Development the service asks for one from elsewhere.</summary>
internal static class OwnKey
{
    public const string Name = "storage-key.txt";

    /// <summary>Says of itself what it is: copied elsewhere it is known again.</summary>
    public const string Mark = "#made-for-trying-out";

    /// <summary>The text of the key in a folder, made there if there is none, for its owner alone.</summary>
    public static string In(string directory)
    {
        var file = Path.Combine(Path.GetFullPath(directory), Name);
        try
        {
            if (!File.Exists(file))
                Make(file);
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageInUseException($"{file} cannot be read or made: set Storage__KeyFile to a file with the key of the store.", e);
        }
    }

    // Whole or not there, whoever of several is first: nobody reads half a key, and a kill leaves none.
    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = $"{file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes($"{Mark}\n{Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Length))}\n"));
            stream.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }
}
