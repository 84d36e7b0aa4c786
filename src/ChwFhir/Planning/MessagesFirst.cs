namespace ChwFhir.Planning;

/// <summary>Messages go ahead of everything else of their note, with no more before them than what they speak of.</summary>
internal static class MessagesFirst
{
    private const string Message = "message/";

    /// <param name="pending">In the order of references; it stays one.</param>
    public static IReadOnlyList<PlanStep> Of(IReadOnlyList<PlanStep> pending)
    {
        var byUrl = pending.Where(step => step.FullUrl is not null).ToDictionary(step => step.FullUrl!);
        var first = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in pending.Where(step => step.Key.StartsWith(Message, StringComparison.Ordinal)))
            Need(step);
        return [.. pending.Where(step => first.Contains(step.Key)), .. pending.Where(step => !first.Contains(step.Key))];

        void Need(PlanStep step)
        {
            if (!first.Add(step.Key))
                return;
            foreach (var url in PlacedReferences.Unplaced(step.Resource!))
            {
                if (byUrl.TryGetValue(url, out var needed))
                    Need(needed);
            }
        }
    }
}
