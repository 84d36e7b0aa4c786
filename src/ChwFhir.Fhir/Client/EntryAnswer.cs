using System.Globalization;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Client;

/// <summary>What became of one entry of a transaction or batch.</summary>
/// <param name="Status">Null: the server said nothing of this entry.</param>
public sealed record EntryAnswer(int? Status, FhirLocation? Location, Resource? Resource, OperationOutcome? Outcome)
{
    /// <summary>The server said nothing of it: it may have been done.</summary>
    public static EntryAnswer Untold { get; } = new(null, null, null, null);

    /// <summary>2xx. A 200 of a conditional create means that it was there already.</summary>
    public bool Done => Status is >= 200 and < 300;

    internal static EntryAnswer Of(Bundle.EntryComponent sent, Bundle.EntryComponent told)
    {
        var type = sent.Resource?.TypeName;
        var place = FhirLocation.Parse(told.Response?.Location);
        var id = place is not null && (type is null || place.Type == type) ? place.Id : told.Resource?.TypeName == type ? told.Resource?.Id : null;
        var location = id is null ? null : new FhirLocation(type ?? place!.Type, id, FhirLocation.VersionOf(told.Response?.Etag) ?? place?.Version ?? told.Resource?.Meta?.VersionId);
        return new EntryAnswer(StatusOf(told.Response?.Status), location, told.Resource is OperationOutcome ? null : told.Resource, told.Response?.Outcome as OperationOutcome ?? told.Resource as OperationOutcome);
    }

    /// <summary><c>201</c>, <c>201 Created</c> and <c>HTTP/1.1 201</c> are all seen.</summary>
    private static int? StatusOf(string? text)
    {
        foreach (var word in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length == 3 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            {
                return status;
            }
        }

        return null;
    }
}
