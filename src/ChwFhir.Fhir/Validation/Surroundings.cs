using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>Where a resource stands: by this its references are read.</summary>
/// <param name="Around">The resource whose contained ones <c>#</c> means: itself, or the one that it is contained in.</param>
/// <param name="Entry">The entry of the Bundle in which it stands.</param>
/// <param name="Contained">It, or what it stands in, where that is contained in another resource.</param>
internal readonly record struct Surroundings(Container Around, Bundle.EntryComponent? Entry, BundleLinks? Entries, Resource? Contained);
