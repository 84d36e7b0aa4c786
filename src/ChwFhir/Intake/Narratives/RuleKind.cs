namespace ChwFhir.Intake.Narratives;

/// <summary>What a line of the lexicon is there for.</summary>
internal enum RuleKind
{
    /// <summary>States a need of the domain in <see cref="LexiconRule.Code"/>.</summary>
    Need,
    /// <summary>Names the symptom in <see cref="LexiconRule.Code"/>; it counts with a score beside it.</summary>
    Symptom,
    /// <summary>States the symptom, with a score or without.</summary>
    StatedSymptom,
    Goal,
    /// <summary>Says what comes next; with a <see cref="LexiconRule.Code"/> when the CHW comes again.</summary>
    FollowUp,
    /// <summary>May speak of danger: somebody is asked whether a clinician should know.</summary>
    Danger,
    /// <summary>Says with several words what one word says: "not able" is heard as "unable".</summary>
    Heard,
    /// <summary>What it covers is no statement of anything: "homeless shelter volunteer".</summary>
    Nothing,
    /// <summary>Whatever stands in its reach is no finding; <see cref="LexiconRule.Code"/> says why.</summary>
    Cue,
    /// <summary>Looks like a cue and is none: "no longer able".</summary>
    NoCue,
    /// <summary>The reach of cues ends here, of all or of those in <see cref="LexiconRule.Code"/>.</summary>
    Stop,
}
