namespace ChwFhir.Api.Fhir;

/// <summary>What else of the record comes with what was found: <c>_include</c>, <c>_revinclude</c>.</summary>
/// <param name="Type">Whose references are followed; null for every type.</param>
/// <param name="Parameter">Which; null for all of them.</param>
/// <param name="Target">Only to this type.</param>
/// <param name="Iterates">From what was included as well.</param>
internal sealed record Inclusion(bool IsReverse, string? Type, SearchParameter? Parameter, string? Target, bool Iterates)
{
    /// <summary>Null when it names nothing that is here.</summary>
    public static Inclusion? Read(string value, bool isReverse, bool iterates)
    {
        if (value == "*")
            return new Inclusion(isReverse, null, null, null, iterates);
        if (value.Split(':') is not [var name, var parameter, .. var rest] || rest.Length > 1 || FhirTypes.Find(name) is not { } type)
            return null;
        var target = rest is [var one] ? one : null;
        if (parameter == "*")
            return new Inclusion(isReverse, name, null, target, iterates);
        return type.Find(parameter) is { Kind: ParameterKind.Reference } known ? new Inclusion(isReverse, name, known, target, iterates) : null;
    }

    /// <summary>It follows references of this type.</summary>
    public bool IsFrom(string type) => Type is null || Type == type;

    /// <summary>The references that it follows from a resource.</summary>
    public IEnumerable<string> From(FhirType type, System.Text.Json.Nodes.JsonObject resource)
    {
        if (Type is not null && Type != type.Name)
            return [];
        var parameters = Parameter is { } one ? [one] : type.Parameters.Where(parameter => parameter.Kind == ParameterKind.Reference);
        return parameters.SelectMany(parameter => parameter.Paths).SelectMany(path => ElementPath.Values(resource, path))
            .Select(node => ElementPath.Text((node as System.Text.Json.Nodes.JsonObject)?["reference"])).OfType<string>()
            .Where(reference => Target is null || reference.StartsWith($"{Target}/", StringComparison.Ordinal));
    }
}
