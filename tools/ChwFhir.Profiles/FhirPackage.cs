using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace ChwFhir.Profiles;

/// <summary>The package in the layout that FHIR tools install (https://hl7.org/fhir/packages.html): the same bytes each time for the same files.</summary>
public static class FhirPackage
{
    private static readonly DateTimeOffset Day = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    /// <param name="resources">What is published, by file name.</param>
    public static void Write(Stream to, JsonObject manifest, IReadOnlyList<(string File, JsonObject Resource)> resources, IReadOnlyList<(string File, JsonObject Resource)> examples)
    {
        using var zip = new GZipStream(to, CompressionLevel.SmallestSize, leaveOpen: true);
        using var tar = new TarWriter(zip, TarEntryFormat.Ustar);
        Add(tar, "package/package.json", JsonFiles.Indented(manifest));
        AddFolder(tar, "package", resources);
        AddFolder(tar, "package/example", examples);
    }

    private static void AddFolder(TarWriter tar, string folder, IReadOnlyList<(string File, JsonObject Resource)> resources)
    {
        var index = new JsonObject { ["index-version"] = 2, ["files"] = new JsonArray([.. resources.Select(one => Entry(one.File, one.Resource))]) };
        Add(tar, $"{folder}/.index.json", JsonFiles.Indented(index));
        foreach (var (file, resource) in resources)
            Add(tar, $"{folder}/{file}", resource.ToJsonString());
    }

    private static JsonObject Entry(string file, JsonObject resource)
    {
        var entry = new JsonObject { ["filename"] = file };
        foreach (var name in (string[])["resourceType", "id", "url", "version", "kind", "type", "supplements", "content", "valueSet", "derivation"])
        {
            if (resource.Text(name) is { } text)
                entry[name] = text;
        }

        return entry;
    }

    private static void Add(TarWriter tar, string name, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = Day });
    }
}
