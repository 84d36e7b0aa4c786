using System.Buffers;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>Words about treatment at the end of life. Behind them the document says what the chart says, so that nobody takes a wish for an order.</summary>
internal static class Wishes
{
    private static readonly SearchValues<string> Said = SearchValues.Create(CodeTables.Wording.Wishes, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the chart's code status has to be known before the note is mapped.</summary>
    internal static bool AreIn(VisitNote note) =>
        note.AdvanceCarePlanning is not null
        || AreIn([.. note.Insights.Select(insight => insight.Text)])
        || AreIn([.. note.Sections.Select(section => section.Text)])
        || AreIn([.. note.Goals.Select(goal => goal.Text)])
        || AreIn([.. note.Messages.Select(message => message.Text)])
        || AreIn([.. note.Concerns.Select(concern => concern.Text)])
        || AreIn([.. note.Symptoms.Select(symptom => symptom.Text)])
        || AreIn(note.Narrative, note.FollowUp?.Text, note.WhatMatters?.Text, note.WhatMatters?.Worries, note.WhatMatters?.Strengths, note.WhatMatters?.UnderstandsIllness, note.WhatMatters?.WhatHelps);

    internal static bool AreIn(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text.AsSpan().ContainsAny(Said))
                return true;
        }

        return false;
    }
}
