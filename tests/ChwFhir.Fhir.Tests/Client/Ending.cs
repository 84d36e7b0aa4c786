namespace ChwFhir.Fhir.Tests.Client;

internal enum Ending
{
    Whole,
    Closed,
    Reset,
    Silence,
    HalfThenClosed,
    HalfThenSilence,
}
