using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ChwFhir.Api.Pages;

/// <summary>
/// Of the keys in the folder only those are taken that the store has sealed. Others were made before there were seals, or were put there by somebody who knows
/// them: they open and seal nothing any more, and their files go. Sessions that they sealed are over.
/// </summary>
internal sealed partial class SealedKeyFiles(DirectoryInfo directory, ILoggerFactory logs) : FileSystemXmlRepository(directory, logs)
{
    private readonly ILogger logger = logs.CreateLogger<SealedKeyFiles>();

    public override IReadOnlyCollection<XElement> GetAllElements()
    {
        var all = base.GetAllElements();
        foreach (var clear in all.Where(element => !MayBeTaken(element)))
            Remove(clear);
        return [.. all.Where(MayBeTaken)];
    }

    // What is no key takes a key back.
    private static bool MayBeTaken(XElement element) => element.Name.LocalName != "key"
        || element.Descendants().Where(one => one.Name.LocalName == "encryptedSecret").ToList() is { Count: > 0 } secrets && secrets.TrueForAll(IsSealedByTheStore);

    // Another opener would open what is in clear as well.
    private static bool IsSealedByTheStore(XElement secret) => ((string?)secret.Attribute("decryptorType"))?.Split(',')[0] == typeof(SealedKeyRing.Opener).FullName;

    // Named so by whoever made it.
    private void Remove(XElement key)
    {
        if (!Guid.TryParse((string?)key.Attribute("id"), out var id))
            return;
        try
        {
            File.Delete(Path.Combine(Directory.FullName, $"key-{id:D}.xml"));
            Log.Removed(logger);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            Log.NotRemoved(logger, kept.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A key of the app's sessions that was not sealed is used no more, and its file was removed: sessions of before are over. Copies of it, backups among them, still open what it sealed.")]
        public static partial void Removed(ILogger logger);

        [LoggerMessage(LogLevel.Error, "A key of the app's sessions that is not sealed is used no more, and its file could not be removed ({Error}): remove it.")]
        public static partial void NotRemoved(ILogger logger, string error);
    }
}
