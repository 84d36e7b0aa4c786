using ChwFhir.Api.AfterVisitSummaries;
using ChwFhir.Api.Inputs;
using ChwFhir.Api.QuestionnaireResponses;
using ChwFhir.Api.VisitNotes;

namespace ChwFhir.Api.Imports;

/// <summary>The three doors by which documents come in.</summary>
internal static class Doors
{
    private static readonly InputRoute[] All = [VisitNoteRoutes.Route, SummaryRoutes.Route, ScreeningRoutes.Route];

    /// <summary>The path of a kind of document; what came by other ways is asked about where notes are.</summary>
    public static string Of(string kind) => (Array.Find(All, door => door.Kind.Name == kind) ?? VisitNoteRoutes.Route).Path;

    /// <summary>The path that a document of this form is sent to.</summary>
    public static string Of(DocumentForm form) => form switch
    {
        DocumentForm.VisitNote => VisitNoteRoutes.Route.Path,
        DocumentForm.QuestionnaireResponse => ScreeningRoutes.Route.Path,
        _ => SummaryRoutes.Route.Path,
    };

    /// <summary>What comes in there; null where there is no door.</summary>
    public static string? KindAt(string path) => Array.Find(All, door => door.Path == path)?.Kind.Name;
}
