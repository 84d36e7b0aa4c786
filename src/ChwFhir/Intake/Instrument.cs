namespace ChwFhir.Intake;

public enum Instrument
{
    HungerVitalSign, Prapare, AhcHrsn,
    [Word("phq-2")] Phq2,
    [Word("phq-9")] Phq9,
    EsasR, DistressThermometer,
}
