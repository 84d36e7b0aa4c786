using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Validation;

/// <summary>What a reference points at, and what that stands in: the resource that contains it, or its entry; null for the resource around the reference itself.</summary>
internal readonly record struct Link(Resource Resource, Base? Owner);
