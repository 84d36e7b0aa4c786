namespace ChwFhir.Api.Mllp;

/// <summary>What stood between a start and an end.</summary>
/// <param name="Bytes">The message; of one that is too large its beginning.</param>
internal sealed record MllpFrame(byte[] Bytes, FrameEnd End);
