using ChwFhir.CareTeam;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Huddle;

/// <summary>A patient of today, in one line.</summary>
/// <param name="At">Of the appointment; null where the EHR tells of none.</param>
/// <param name="What">What the appointment is, in the chart's words.</param>
/// <param name="Chw">Who visited last.</param>
/// <param name="Insight">The CHW's own first insight of that visit.</param>
/// <param name="Open">Messages that are still open, none that is held, and the most pressing of them.</param>
public sealed record HuddleLine(
    string Patient, Part<Person>? Person, DateTimeOffset? At, string? What, string? Chw, DateTimeOffset LastVisit, string? Insight, bool IsQuote, int Open, MessageView? MostUrgent, bool IsLate);
