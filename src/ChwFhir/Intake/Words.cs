using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ChwFhir.Intake;

/// <summary>The words of the contract's closed lists: <c>NotHome</c> is <c>not-home</c>. Each list is read once.</summary>
public static class Words
{
    public static string Of<T>(T value) where T : struct, Enum => Cache<T>.All[Unsafe.BitCast<T, int>(value)];

    public static bool TryParse<T>(string word, out T value) where T : struct, Enum => Cache<T>.ByWord.TryGetValue(word, out value);

    /// <summary>All words of a list, in the order of the contract.</summary>
    public static IReadOnlyList<string> All<T>() where T : struct, Enum => Cache<T>.All;

    /// <summary>No list skips a number, so that a word's place is its value: thousands are looked up in a large note.</summary>
    private static class Cache<T> where T : struct, Enum
    {
        internal static readonly string[] All = [.. Enum.GetNames<T>().Select(Word)];
        internal static readonly Dictionary<string, T> ByWord = Enum.GetNames<T>().ToDictionary(Word, Enum.Parse<T>, StringComparer.Ordinal);

        private static string Word(string name) =>
            typeof(T).GetField(name)!.GetCustomAttribute<WordAttribute>()?.Word ?? JsonNamingPolicy.KebabCaseLower.ConvertName(name);
    }
}
