namespace ChwFhir.Intake;

public enum GoalAchievement { InProgress, Improving, Worsening, NoChange, Achieved, Sustaining, NotAchieved, NoProgress, NotAttainable }
