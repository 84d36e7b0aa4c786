namespace ChwFhir.Intake;

public enum SymptomKind
{
    Pain, Tiredness, Drowsiness, Nausea, Appetite, Breathlessness, Depression, Anxiety, Wellbeing, Constipation, Vomiting, Fever, Bleeding, Fall,
    NewConfusion, CannotSwallow, Other,
}
