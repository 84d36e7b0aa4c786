namespace ChwFhir.Access;

/// <summary>The patients of whom there are messages for this caller in a role, as <c>Patient/x</c>.</summary>
public delegate Task<IReadOnlyList<string>> InboxPatients(Caller caller, Role role, CancellationToken cancellationToken);
