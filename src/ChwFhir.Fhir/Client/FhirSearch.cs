using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Client;

/// <summary>What a search found, all pages together.</summary>
/// <param name="Matches">What was asked for.</param>
/// <param name="Included">What came along with it (<c>_include</c>).</param>
/// <param name="Outcomes">The server's remarks, which stand among the entries.</param>
/// <param name="Complete">Every page was read and the server said of none that something is missing: only then does "not among the matches" mean "not there".</param>
/// <param name="Trouble">The answer at which reading ended early; null when it ended otherwise.</param>
public sealed record FhirSearch(IReadOnlyList<Resource> Matches, IReadOnlyList<Resource> Included, IReadOnlyList<OperationOutcome> Outcomes, bool Complete, int Pages, FhirAnswer? Trouble);
