using ChwFhir.Intake;
using ChwFhir.Intake.Screenings;
using ChwFhir.Intake.Summaries;
using NUnit.Framework;
using static ChwFhir.Tests.Intake.Screenings.Responses;

namespace ChwFhir.Tests.Intake.Screenings;

internal sealed class When_a_rule_is_newer_than_what_was_taken
{
    // Faults of FHIR's own rules, which an earlier version did not look at.
    private static readonly string[] Members =
    [
        """{ "identifier": { "system": "https://example.org/forms", "value": "x", "period": { "start": "2026-03-02", "end": "2026-03-01" } } }""",
        """{ "basedOn": [ { "reference": "Patient/p1" } ] }""",
        """{ "language": "not a language" }""",
    ];

    [TestCaseSource(nameof(Members))]
    public void The_screening_is_refused_at_the_door_and_read_from_the_store(string members)
    {
        var body = With($"[ {Item("88122-7", Code("LA28397-0"))}, {Item("88123-5", Code("LA28397-0"))} ]", members);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(Faults(body).Select(fault => fault.Code), Does.Contain("not-valid"));
        Assert.That(QuestionnaireResponseReader.Read(new SummaryCall(body, "application/fhir+json", null), new IntakeOptions { IsKept = true }), Is.InstanceOf<ScreeningReading.Read>());
    }
}
