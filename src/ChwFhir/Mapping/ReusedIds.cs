namespace ChwFhir.Mapping;

/// <summary>An id seen before for this patient with a wholly different text names something else: it gets a key of its own, so that neither overwrites the other.</summary>
internal static class ReusedIds
{
    internal static string KeyApart(Draft draft, string key, string folded, string pointer, bool held)
    {
        var apart = key;
        for (var number = 2; draft.HeldBefore(apart) is { FoldedText: { Length: > 0 } before } && Folding.WhollyDifferent(before, folded); number++)
            apart = $"{key}.{number}";

        if (apart != key)
            draft.Warn("id-reused", pointer, "This id was used before for this patient with a wholly different text; both are kept apart.", held);

        return draft.TakeKey(apart);
    }
}
