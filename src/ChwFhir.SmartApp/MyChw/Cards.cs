using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ChwFhir.SmartApp.MyChw;

/// <summary>The programme's card file, or the one that is shipped; read at the start.</summary>
internal sealed class Cards(IOptions<AppOptions> options)
{
    private const int LargestPhoto = 2 * 1024 * 1024;
    private readonly string? path = options.Value.CardFile;
    private readonly Lazy<CardFile> file = new(() => options.Value.CardFile is { } path ? CardFile.Read(File.ReadAllBytes(path)) : CardFile.Shipped());

    public CardFile Programme => file.Value;

    /// <summary>What is wrong with a card file, in a line that names the setting; null: nothing.</summary>
    public static string? Fault(string? path)
    {
        if (path is null)
            return null;
        try
        {
            var read = CardFile.Read(File.ReadAllBytes(path));
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return read.People.Values.Select(person => person.Photo).OfType<string>().FirstOrDefault(photo => photo != Path.GetFileName(photo) || TypeOf(photo) is null || !File.Exists(Path.Combine(folder, photo))) is { } missing
                ? $"Programme__Card: the photo {missing} is no JPEG, PNG or WebP beside the file." : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return $"Programme__Card: it cannot be read ({unreadable.Message})";
        }
    }

    /// <summary>The photo that the programme keeps of somebody.</summary>
    public (byte[] Bytes, string Type)? PhotoOf(string practitioner)
    {
        if (path is null || Programme.People.GetValueOrDefault(practitioner)?.Photo is not { } photo || TypeOf(photo) is not { } type)
            return null;
        var from = new FileInfo(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, photo));
        return from is { Exists: true, Length: <= LargestPhoto } ? (File.ReadAllBytes(from.FullName), type) : null;
    }

    private static string? TypeOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch { ".jpg" or ".jpeg" => "image/jpeg", ".png" => "image/png", ".webp" => "image/webp", _ => null };
}
