namespace ChwFhir.WriteBack;

internal sealed record OursFound(IReadOnlyList<OurFind> Finds)
{
    /// <summary>Some search ended early for a reason that may pass.</summary>
    public bool NoAnswer => Finds.Any(find => find is { Complete: false, Refused: false, Partial: false });
}
