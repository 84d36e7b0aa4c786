namespace ChwFhir.Intake;

public sealed record WhatMatters
{
    public string? Text { get; init; }
    public string? Worries { get; init; }
    public string? Strengths { get; init; }
    public string? UnderstandsIllness { get; init; }
    public string? WhatHelps { get; init; }
}
