namespace ChwFhir.Mapping;

/// <summary>Why a part is kept out of the chart; its word is <see cref="Intake.Words"/>'s: <c>told-in-confidence</c>.</summary>
public enum HeldWhy
{
    /// <summary>The CHW: somebody would be in danger.</summary>
    Danger,

    /// <summary>The CHW: the patient asked for it.</summary>
    PatientAsked,

    /// <summary>The CHW: it was told in confidence.</summary>
    ToldInConfidence,

    /// <summary>The programme's rules hold it in every note.</summary>
    ByRule,

    /// <summary>The patient is under age.</summary>
    UnderAge,

    /// <summary>It is the caregiver's own trouble, who has not agreed that it stands here.</summary>
    OfCaregiver,

    /// <summary>An earlier note holds it back, and this one says nothing of that.</summary>
    HeldBefore,
}
