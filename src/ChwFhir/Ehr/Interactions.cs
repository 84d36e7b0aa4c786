namespace ChwFhir.Ehr;

/// <summary>FHIR's words for what can be asked of a server, as far as the service asks it.</summary>
public static class Interactions
{
    public const string Create = "create";
    public const string Update = "update";
    public const string Read = "read";
    public const string Search = "search-type";
    public const string Transaction = "transaction";
    public const string ConditionalCreate = "conditional-create";

    internal static readonly string[] Writes = [Create, Update];
    internal static readonly string[] Reads = [Read, Search];
}
