namespace ChwFhir.SmartApp.MyChw;

/// <summary>What the frame of every page says beside who the patient is.</summary>
/// <param name="Messages">Open ones that the reader may read.</param>
/// <param name="IsNew">The reader has not opened the card of this CHW yet.</param>
public sealed record PatientStanding(int Visits, int Messages, ChwLine? Chw, bool IsNew);
