namespace ChwFhir.Queue.Sealing;

/// <summary>How the store is sealed, for whoever runs it.</summary>
/// <param name="Master">The id of the master key by which all data keys are wrapped: it tells keys apart and says nothing of them.</param>
/// <param name="DataKey">The number of the key that values are sealed with now.</param>
/// <param name="MadeAt">When that one was made.</param>
/// <param name="ForTryingOut">The master key lies beside the store.</param>
public sealed record StoreSeal(string Master, int DataKey, DateTimeOffset MadeAt, DateTimeOffset RenewedAt, bool ForTryingOut);
