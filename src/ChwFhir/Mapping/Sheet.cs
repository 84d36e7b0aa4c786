using System.Text;

namespace ChwFhir.Mapping;

/// <summary>A builder that a thread keeps for its next document, so that each document costs its own text only. One document at a time.</summary>
internal static class Sheet
{
    private const int LargestKept = 256 * 1024;

    [ThreadStatic]
    private static StringBuilder? _kept;

    /// <summary>Empty, and good until the next call on this thread.</summary>
    internal static StringBuilder Take()
    {
        if (_kept is not { Capacity: <= LargestKept })
            _kept = new StringBuilder(16 * 1024);

        return _kept.Clear();
    }
}
