namespace ChwFhir.SmartApp.Held;

internal static class HeldForm
{
    /// <summary>Characters of a reason.</summary>
    public const int Longest = 500;
}
