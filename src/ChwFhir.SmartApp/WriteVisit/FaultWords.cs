using ChwFhir.Intake;
using ChwFhir.SmartApp.Speech;

namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>What the reader says against a note, in the words of the form and at its fields.</summary>
internal static class FaultWords
{
    public static IReadOnlyList<FieldFault> Of(IEnumerable<NoteFault> faults, BuiltNote built, Wording words) =>
        [.. faults.Select(fault => new FieldFault(built.FieldOf(fault.Pointer), Says(fault, words))).DistinctBy(fault => (fault.Field, fault.Says))];

    private static string Says(NoteFault fault, Wording words) => fault switch
    {
        { Pointer: "", Code: "required" } => words["form.fault.nothing"],
        { Pointer: "/visit/start", Code: "required" } => words["form.fault.start"],
        { Pointer: var pointer } when pointer.StartsWith("/patient/check", StringComparison.Ordinal) => words["form.fault.check"],
        { Pointer: "/advanceCarePlanning/discussed", Code: "required" } => words["form.fault.discussed"],
        _ => words.Of("form.fault", fault.Code) is var said && said != fault.Code ? said : fault.Detail,
    };
}
