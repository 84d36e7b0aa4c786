namespace ChwFhir.Queue;

/// <summary>A write that is about to be sent.</summary>
/// <param name="Keys">Keys of the resources in it: several for a transaction.</param>
/// <param name="Method"><c>POST</c> or <c>PUT</c>.</param>
/// <param name="Interaction">FHIR word: <c>create</c>, <c>update</c>, <c>transaction</c>.</param>
public sealed record Intent(long Number, IReadOnlyList<string> Keys, string Method, string Interaction, int Attempt);
