namespace ChwFhir.Queue;

/// <summary>The folder of the store, owned by one process: the system releases the lock when the process ends, however it ends.</summary>
internal sealed class StoreFolder : IDisposable
{
    private readonly FileStream _lock;

    private StoreFolder(string directory, FileStream held) => (DatabaseFile, _lock) = (Path.Combine(directory, "chwfhir.db"), held);

    public string DatabaseFile { get; }

    public static StoreFolder Own(string directory)
    {
        var full = Path.GetFullPath(directory);
        try
        {
            Make(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(full, e);
        }

        try
        {
            return new StoreFolder(full, new FileStream(Path.Combine(full, "chwfhir.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw CannotWrite(full, e);
        }
        catch (IOException e)
        {
            throw new StorageInUseException($"Another ChwFhir process uses {full}: stop it, or set Storage__Directory to another folder.", e);
        }
    }

    public void Dispose() => _lock.Dispose();

    // Of a folder that is there already the site has decided who may look into it.
    private static void Make(string full)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(full);
        else
            Directory.CreateDirectory(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static StorageInUseException CannotWrite(string full, Exception e) =>
        new($"{full} cannot be written: set Storage__Directory to a folder that this user may write.", e);
}
