using System.Globalization;
using ChwFhir.Chart;
using ChwFhir.Fhir.Model;
using ChwFhir.Mapping;
using ChwFhir.Queue;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Held;
using ChwFhir.SmartApp.Pages;
using ChwFhir.SmartApp.Patients;

namespace ChwFhir.SmartApp.Visits;

/// <summary>The notes of a patient, and one of them.</summary>
internal static class VisitRoutes
{
    public static void MapVisits(this RouteGroupBuilder patient)
    {
        patient.MapGet("/visits", ListAsync).Audited("visits");
        patient.MapGet("/visits/{note}", NoteAsync).AuditsItself("visit-note");
    }

    /// <summary>Of another instance, or of a store that is gone: the chart has it, and this service does not.</summary>
    public static Part<DocumentReference> OursElsewhere(Part<DocumentReference> documents, IReadOnlyList<NoteLine> notes, IReadOnlySet<string> older, MappingOptions mapping)
    {
        var elsewhere = documents.Where(document =>
            document.Status is not DocumentReferenceStatus.EnteredInError
            && document.Identifier.Append(document.MasterIdentifier).Any(identifier => identifier?.System == mapping.IdentifierSystem)
            && !older.Contains($"DocumentReference/{document.Id}") && notes.All(note => note.Shown.All(row => row.Reference != $"DocumentReference/{document.Id}")));
        return elsewhere with { Items = [.. elsewhere.Items.OrderByDescending(document => document.Date)] };
    }

    private static async Task<IResult> ListAsync(HttpContext context, StoreReader store, ToldVisits told, ChartReader chart, MappingOptions mapping, Screens screens, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        var cursor = context.Request.Query["older"].ToString() is var place && NoteCursor.TryRead(place, out _, out _) ? place : null;
        // What others wrote into the chart stands beside the latest.
        var documents = cursor is null ? chart.DocumentsAsync(here, cancellationToken) : Task.FromResult(new Part<DocumentReference>([], PartState.Whole));
        var page = await store.NotesAsync(here, cursor, cancellationToken);
        var older = cursor is null ? await store.WrittenByOlderAsync(here, page, cancellationToken) : new HashSet<string>();
        var visits = (await told.ReadAsync(here.Caller, here.Reference, cursor, cancellationToken)).ToDictionary(visit => visit.Stored.Number);
        return await screens.ShowAsync<VisitsPage>(
            here, (nameof(VisitsPage.Page), page), (nameof(VisitsPage.IsOlder), cursor is not null), (nameof(VisitsPage.Told), visits),
            (nameof(VisitsPage.Documents), OursElsewhere(await documents, page.Notes, older, mapping)));
    }

    private static async Task<IResult> NoteAsync(HttpContext context, string note, int? version, StoreReader store, NoteScreen screen, Auditing auditing, Screens screens, CancellationToken cancellationToken)
    {
        var here = context.Patient();
        if (await store.NoteAsync(here, note, cancellationToken) is not { } found)
        {
            await auditing.ReadAsync(context, here.Session.Body, here.Reference, "visit-note", null, allowed: false, "not-found", cancellationToken);
            return await screens.NoSuchAsync(context);
        }
        await auditing.ReadAsync(context, here, found.Kind, found.Number.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return await screen.ShowAsync(here, found, version, HeldSaid.Of(context.Request.Query["held"]), cancellationToken);
    }
}
