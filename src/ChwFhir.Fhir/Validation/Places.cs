namespace ChwFhir.Fhir.Validation;

/// <summary>Where the walk stands, kept as names and numbers; a text is made of it only when there is a fault to tell.</summary>
internal sealed class Places
{
    private const int None = -1;

    private Step[] _steps = new Step[48];
    private int _count;

    /// <param name="type">The type that stands in a choice element: JSON has it in the name, FHIRPath has not.</param>
    /// <param name="isBeside">In the <c>_name</c> that JSON has beside a primitive <c>name</c> for its id and extensions.</param>
    public void Into(string name, string? type = null, bool isBeside = false)
    {
        if (_count == _steps.Length)
            Array.Resize(ref _steps, _count * 2);
        _steps[_count++] = new Step(name, None, type, isBeside);
    }

    public void At(int index) => _steps[_count - 1].Index = index;

    /// <summary>From the value of a primitive to what stands beside it.</summary>
    public void Beside() => _steps[_count - 1].IsBeside = true;

    public void Out() => _count--;

    /// <summary>As FHIRPath: <c>Observation.value.code</c>.</summary>
    public string Expression(string? member, int index = None)
    {
        var text = new StringBuilder();
        for (var i = 0; i < _count; i++)
            Add(text, i == 0 ? "" : ".", _steps[i].Name, _steps[i].Index);
        if (member is not null)
            Add(text, ".", member, index);

        return text.ToString();

        static void Add(StringBuilder text, string point, string name, int index)
        {
            text.Append(point).Append(name);
            if (index != None)
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
        }
    }

    /// <summary>As JSON Pointer (RFC 6901): <c>/valueQuantity/code</c>. Only names that nobody knows have ~ or / in them.</summary>
    public string Pointer(string? member, int index = None)
    {
        var text = new StringBuilder();
        for (var i = 1; i < _count; i++)
            Add(text, _steps[i]);
        if (member is not null)
            Add(text, new Step(member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal), index, null, false));

        return text.ToString();

        static void Add(StringBuilder text, Step step)
        {
            text.Append(step.IsBeside ? "/_" : "/").Append(step.Name);
            if (step.Type is { } type)
                text.Append(char.ToUpperInvariant(type[0])).Append(type.AsSpan(1));
            if (step.Index != None)
                text.Append(CultureInfo.InvariantCulture, $"/{step.Index}");
        }
    }

    private record struct Step(string Name, int Index, string? Type, bool IsBeside);
}
