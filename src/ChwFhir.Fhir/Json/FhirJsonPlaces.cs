using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir;

/// <summary>Finds path, line and position for places in a JSON text: a second walk, taken only when there is something to tell.</summary>
internal ref struct FhirJsonPlaces(ReadOnlySpan<byte> text, int maxDepth)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private Utf8JsonReader _json = new(text, new JsonReaderOptions { MaxDepth = maxDepth });
    private readonly List<Step> _steps = [];
    private string _root = "Resource";
    private int _position = 1;
    private int _counted;
    private int _line = 1;

    public List<FhirJsonIssue> Issues(IEnumerable<(FhirJsonIssueCode Code, long Place)> notes)
    {
        var issues = new List<FhirJsonIssue>();
        foreach (var (code, place) in notes.OrderBy(note => note.Place))
        {
            WalkTo(place);
            issues.Add(Issue(code, place));
        }

        return issues;
    }

    public static FhirJsonIssue AtStart(FhirJsonIssueCode code) => new(SeverityOf(code), "Resource", code, TextOf(code), 1, 1);

    private void WalkTo(long place)
    {
        try
        {
            while (_json.TokenType == JsonTokenType.None || _json.TokenStartIndex < place)
            {
                if (!_json.Read())
                    return;
                Follow();
            }
        }
        catch (JsonException)
        {
            // The text ends or breaks here: the path so far is the path.
        }
    }

    private void Follow()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.PropertyName:
                _steps[^1] = _steps[^1] with { Member = JsonStrings.Lenient(_json.ValueSpan) };
                return;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _steps.RemoveAt(_steps.Count - 1);
                return;
        }

        if (_steps is [.., { IsList: true } list])
            _steps[^1] = list with { Index = list.Index + 1 };
        if (_json.TokenType == JsonTokenType.String && _steps is [{ Member: "resourceType" }])
            _root = JsonStrings.Lenient(_json.ValueSpan);
        if (_json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            _steps.Add(new Step(_json.TokenType == JsonTokenType.StartArray, null, -1));
    }

    private FhirJsonIssue Issue(FhirJsonIssueCode code, long place)
    {
        var path = new StringBuilder(_root);
        var opened = _json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0;
        foreach (var step in _steps.Take(_steps.Count - opened))
        {
            if (step.IsList)
                path.Append('[').Append(Math.Max(step.Index, 0)).Append(']');
            else if (step.Member is not null)
                path.Append('.').Append(step.Member);
        }

        var end = (int)Math.Min(place, _text.Length);
        // From where the last one was: a thousand of them in one long line cost one walk.
        for (int at; (at = _text[_counted..end].IndexOf((byte)'\n')) >= 0; _counted += at + 1)
            (_line, _position) = (_line + 1, 1);
        _position += Encoding.UTF8.GetCharCount(_text[_counted..end]);
        _counted = end;

        return new FhirJsonIssue(SeverityOf(code), path.ToString(), code, TextOf(code), _line, _position);
    }

    private static OperationOutcome.IssueSeverity SeverityOf(FhirJsonIssueCode code) => code switch
    {
        <= FhirJsonIssueCode.AnotherResource => OperationOutcome.IssueSeverity.Fatal,
        FhirJsonIssueCode.NoResourceType or FhirJsonIssueCode.DuplicateMember or FhirJsonIssueCode.WrongType or FhirJsonIssueCode.NotKept => OperationOutcome.IssueSeverity.Error,
        _ => OperationOutcome.IssueSeverity.Warning,
    };

    private static string TextOf(FhirJsonIssueCode code) => code switch
    {
        FhirJsonIssueCode.NotJson => "this is no JSON",
        FhirJsonIssueCode.NotUtf8 => "the bytes are no UTF-8",
        FhirJsonIssueCode.TooDeep => "objects and lists stand inside each other too deep",
        FhirJsonIssueCode.TooBig => "the text is too big",
        FhirJsonIssueCode.NotAnObject => "a resource is a JSON object",
        FhirJsonIssueCode.AnotherResource => "another type of resource was expected",
        FhirJsonIssueCode.NoResourceType => "resourceType is missing",
        FhirJsonIssueCode.UnknownMember => "the type has no such member",
        FhirJsonIssueCode.DuplicateMember => "the member stands here a second time; the first counts",
        FhirJsonIssueCode.WrongType => "the value has the wrong JSON type",
        FhirJsonIssueCode.NotAList => "a list was expected, one value is there",
        FhirJsonIssueCode.EmptyList => "the list is empty",
        FhirJsonIssueCode.UnknownCode => "the code is not in the value set",
        FhirJsonIssueCode.NotAnInstant => "an instant needs date, time and offset",
        FhirJsonIssueCode.BrokenText => "the text has half a character",
        FhirJsonIssueCode.NotKept => "there is no place for this; it is not kept",
        _ => throw new ArgumentOutOfRangeException(nameof(code)),
    };

    private readonly record struct Step(bool IsList, string? Member, int Index);
}
