namespace ChwFhir.Fhir.Validation;

/// <summary>Where the walk stands, kept as names and numbers; a text is made of it only when there is a fault to tell.</summary>
internal sealed class Places
{
    private const int None = -1;

    private (string Name, int Index, string? Type)[] _steps = new (string, int, string?)[48];
    private int _count;

    /// <param name="type">The type that stands in a choice element: JSON has it in the name, FHIRPath has not.</param>
    public void Into(string name, string? type = null)
    {
        if (_count == _steps.Length)
            Array.Resize(ref _steps, _count * 2);
        _steps[_count++] = (name, None, type);
    }

    public void At(int index) => _steps[_count - 1].Index = index;

    public void Out() => _count--;

    /// <summary>As FHIRPath: <c>Observation.value.code</c>.</summary>
    public string Expression(string? member)
    {
        var text = new StringBuilder();
        for (var i = 0; i < _count; i++)
        {
            text.Append(i == 0 ? "" : ".").Append(_steps[i].Name);
            if (_steps[i].Index != None)
                text.Append(CultureInfo.InvariantCulture, $"[{_steps[i].Index}]");
        }

        return member is null ? text.ToString() : text.Append('.').Append(member).ToString();
    }

    /// <summary>As JSON Pointer (RFC 6901): <c>/valueQuantity/code</c>. Names of members have neither ~ nor / in them; those of unknown ones are escaped.</summary>
    public string Pointer(string? member)
    {
        var text = new StringBuilder();
        for (var i = 1; i < _count; i++)
        {
            var (name, index, type) = _steps[i];
            text.Append('/').Append(name);
            if (type is not null)
                text.Append(char.ToUpperInvariant(type[0])).Append(type.AsSpan(1));
            if (index != None)
                text.Append(CultureInfo.InvariantCulture, $"/{index}");
        }

        return member is null
            ? text.ToString()
            : text.Append('/').Append(member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal).Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal)).ToString();
    }
}
