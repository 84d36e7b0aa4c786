using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>What a profile asks of one element beyond the specification. Elements of which it asks nothing more have no node.</summary>
internal sealed class ProfileNode
{
    /// <summary>The number of the member in its class, as <see cref="TypeFacts"/> counts.</summary>
    public required int Index { get; init; }

    public required string Name { get; init; }

    public int Min { get; set; }

    public int Max { get; set; } = ElementRule.Many;

    /// <summary>The types that a choice is narrowed to; null when it is not.</summary>
    public DataKind? Kinds { get; set; }

    /// <summary>Where a reference may point; null when the specification's own rule is all.</summary>
    public ReferenceTarget[]? Targets { get; set; }

    public ValuePattern? Pattern { get; set; }

    public CodeSet? Codes { get; set; }

    /// <summary>The codes of an extensible binding, where they can be counted out: another is allowed when none of them fits.</summary>
    public CodeSet? Suggested { get; set; }

    public List<Rule> Rules { get; } = [];

    public List<ProfileNode> Children { get; } = [];

    public Slicing? Slicing { get; set; }

    /// <summary>The profile of a data type that the value must keep to.</summary>
    public Profile? TypeProfile { get; set; }

    /// <summary>Whether it asks anything of a value; cardinality is asked of the list.</summary>
    public bool LooksAtItems => Kinds is not null || Targets is not null || Pattern is not null || Codes is not null || Suggested is not null || Rules.Count > 0 || Children.Count > 0 || Slicing is not null || TypeProfile is not null;

    public bool IsNeeded => LooksAtItems || Min > 0 || Max != ElementRule.Many;
}
