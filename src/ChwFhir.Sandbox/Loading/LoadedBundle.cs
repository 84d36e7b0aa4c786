namespace ChwFhir.Sandbox.Loading;

internal sealed record LoadedBundle(int Loaded, int Known, int Unresolved);
