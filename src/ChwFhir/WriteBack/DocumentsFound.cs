using ChwFhir.Fhir.Model;

namespace ChwFhir.WriteBack;

/// <param name="ByLine">The documents whose last line is one of those that were looked for.</param>
/// <param name="Complete">Every page and every text was read: what is not there was not found for no other reason.</param>
internal sealed record DocumentsFound(IReadOnlyDictionary<string, DocumentReference> ByLine, bool Complete);
