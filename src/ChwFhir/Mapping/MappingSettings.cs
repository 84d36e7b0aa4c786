namespace ChwFhir.Mapping;

/// <summary>Settings under <c>Mapping</c>, as a site writes them. <see cref="MappingOptions"/> is what becomes of them.</summary>
internal sealed class MappingSettings
{
    internal const string Section = "Mapping";

    public string? IdentifierSystem { get; set; }

    public string? Organization { get; set; }

    public NoteTypeSettings? NoteType { get; set; }

    /// <summary>Path of a file as <c>fhir-profiles/programme/held-items.json</c>.</summary>
    public string? HeldItems { get; set; }

    internal sealed class NoteTypeSettings
    {
        public string? System { get; set; }

        public string? Code { get; set; }

        public string? Display { get; set; }
    }
}
