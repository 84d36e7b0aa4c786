using System.Globalization;

namespace ChwFhir.Mapping;

/// <summary>Names of what each edition of a note has anew: <c>note</c>, after an amendment <c>note.2</c>.</summary>
internal static class DocumentNames
{
    internal static string Of(int edition, string name = "note") => edition == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{edition}");

    /// <summary>The key under which a note keeps the document of the edition before.</summary>
    internal static string Before(int edition) => string.Create(CultureInfo.InvariantCulture, $"note.{edition - 1}");
}
