namespace ChwFhir.Api.Fhir;

/// <summary>A type of resource that can be read and searched here.</summary>
/// <param name="HasSubject">The specification also calls the patient <c>subject</c>.</param>
/// <param name="Profiles">What its resources claim, as far as they can.</param>
internal sealed record FhirType(string Name, bool HasSubject, IReadOnlyList<string> Profiles, IReadOnlyList<SearchParameter> Own)
{
    /// <summary>Every type has these; <c>patient</c> is not among them: it says whose record is searched.</summary>
    private static readonly SearchParameter[] Everywhere =
    [
        new("_id", ParameterKind.Token, "id"),
        new("_lastUpdated", ParameterKind.Date, "meta.lastUpdated"),
        new("_tag", ParameterKind.Token, "meta.tag"),
        new("identifier", ParameterKind.Token, "identifier"),
    ];

    public IEnumerable<SearchParameter> Parameters => Everywhere.Where(one => one.Name != "identifier" || Name != "Provenance").Concat(Own);

    public IEnumerable<string> Patient => HasSubject ? ["patient", "subject"] : ["patient"];

    public SearchParameter? Find(string name) => Parameters.FirstOrDefault(one => one.Name == name);
}
