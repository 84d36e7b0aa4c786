namespace ChwFhir.Mapping;

/// <summary>A concern that another note holds back from the chart.</summary>
/// <param name="Key">As in <see cref="MappedResource.Key"/>: <c>concern/x</c>.</param>
/// <param name="Caregivers">It is the caregiver's own: the patient may have one of the same name.</param>
public sealed record HeldConcern(string Key, bool Caregivers);
