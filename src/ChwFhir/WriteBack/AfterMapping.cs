using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;

namespace ChwFhir.WriteBack;

/// <summary>What has to be done once more is known of a note than at its receipt; nothing of the writing waits for it longer than for the store.</summary>
internal delegate Task AfterMapping(StoredNote stored, Input input, ResolvedNote resolved, CancellationToken cancellationToken);
