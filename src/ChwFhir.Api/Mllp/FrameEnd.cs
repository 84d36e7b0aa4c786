namespace ChwFhir.Api.Mllp;

/// <summary>How a message ended: with its end, before it (damaged on the way), or not within the size that is taken.</summary>
internal enum FrameEnd { Whole, Broken, TooLarge }
