namespace ChwFhir.Intake;

public enum TimeActivity
{
    Assessment, GoalSetting, Support, Coordination, Education, SelfAdvocacy, Navigation, BehaviourChange, EmotionalSupport, Travel, Documentation,
    Outreach, Huddle, Supervision,
}
