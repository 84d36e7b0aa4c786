namespace ChwFhir.Fhir.Validation;

/// <summary>Where the walk stands, kept as names and numbers; a text is made of it only when there is a fault to tell.</summary>
internal sealed class Places
{
    private const int None = -1;

    private (string Name, int Index)[] _steps = new (string, int)[48];
    private int _count;

    public int Depth => _count;

    public void Into(string name)
    {
        if (_count == _steps.Length)
            Array.Resize(ref _steps, _count * 2);
        _steps[_count++] = (name, None);
    }

    public void At(int index) => _steps[_count - 1].Index = index;

    public void Out() => _count--;

    public string Text(string? member = null)
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
}
