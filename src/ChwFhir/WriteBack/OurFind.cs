using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;

namespace ChwFhir.WriteBack;

/// <param name="Complete">All pages were read: nothing found means nothing there, as far as this server's search can be believed.</param>
/// <param name="Refused">The server does not let us search so.</param>
/// <param name="Partial">The server shows a part only, and will the next time.</param>
internal sealed record OurFind(MappedResource Wanted, IReadOnlyList<Resource> Matches, bool Complete, bool Refused, bool Partial);
