using System.Globalization;
using System.Net.Http.Headers;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Client;

/// <summary>From a response to what it means for the request.</summary>
internal static class AnswerReader
{
    public static async Task<FhirAnswer> ReadAsync(FhirRequest request, HttpResponseMessage response, FhirClientOptions options, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is 425 or 429 or 503)
        {
            return new FhirAnswer.Busy(status, RetryAfter(response, options.Time));
        }

        var body = await AnswerBody.ReadAsync(response.Content, options.LargestAnswer, cancellationToken);
        return status switch
        {
            < 300 => Taken(request, response, status, body),
            < 500 and not 408 or 501 => new FhirAnswer.Refused(status, body.Resource as OperationOutcome, body.Kind, Challenge(response)),
            _ => new FhirAnswer.Failed(status, body.Resource as OperationOutcome, body.Kind),
        };
    }

    private static FhirAnswer Taken(FhirRequest request, HttpResponseMessage response, int status, AnswerBody body) => request.Interaction switch
    {
        "create" or "update" => Written(request, response, status, body),
        "transaction" => body.Resource is Bundle { Type: Bundle.BundleType.TransactionResponse or Bundle.BundleType.BatchResponse } ? Told(status, body, null) : Unusable(status, body),
        "search-type" => body.Resource is Bundle ? Told(status, body, null) : Unusable(status, body),
        "read" => body.Resource is { } resource && resource.TypeName == request.Type ? Told(status, body, Place(request, response, resource)) : Unusable(status, body),
        "content" => Content(response, status, body),
        _ => body.Resource is not (null or OperationOutcome) ? Told(status, body, null) : Unusable(status, body),
    };

    private static FhirAnswer.Done Told(int status, AnswerBody body, FhirLocation? place) => new(status, body.Resource, place);

    /// <summary>A write whose headers name its place or version is done, whatever became of the body; otherwise a page or a cut answer proves nothing.</summary>
    private static FhirAnswer Written(FhirRequest request, HttpResponseMessage response, int status, AnswerBody body)
    {
        var resource = body.Resource?.TypeName == request.Type ? body.Resource : null;
        var place = Place(request, response, resource);
        var named = place is not null && NamesPlace(response);
        return named || body.Kind is BodyKind.Fhir or BodyKind.Empty ? new FhirAnswer.Done(status, resource, place) : Unusable(status, body);
    }

    private static bool NamesPlace(HttpResponseMessage response) => FhirLocation.Parse(Header(response, "Location") ?? Header(response, "Content-Location")) is not null || EntityTag(response) is not null;

    /// <summary>One large vendor writes it with a dash.</summary>
    private static string? EntityTag(HttpResponseMessage response) => Header(response, "ETag") ?? Header(response, "E-Tag");

    private static FhirAnswer Unusable(int status, AnswerBody body) => body.Kind == BodyKind.Cut
        ? new FhirAnswer.Lost(body.Trouble!)
        : new FhirAnswer.Failed(status, body.Resource as OperationOutcome, body.Kind);

    /// <summary>An attachment comes as a Binary or as itself, as the server likes.</summary>
    private static FhirAnswer Content(HttpResponseMessage response, int status, AnswerBody body)
    {
        if (body.Kind is BodyKind.Cut or BodyKind.TooLarge || body.Resource is OperationOutcome)
        {
            return Unusable(status, body);
        }

        var binary = body.Resource as Binary ?? new Binary { ContentType = Header(response, "Content-Type") ?? "application/octet-stream", Data = body.Bytes.ToArray() };
        return new FhirAnswer.Done(status, binary, null);
    }

    private static FhirLocation? Place(FhirRequest request, HttpResponseMessage response, Resource? resource)
    {
        var told = FhirLocation.Parse(Header(response, "Location")) ?? FhirLocation.Parse(Header(response, "Content-Location"));
        var id = told?.Type == request.Type ? told!.Id : resource?.Id ?? request.Id;
        if (id is null)
        {
            return null;
        }

        return new FhirLocation(request.Type!, id, FhirLocation.VersionOf(EntityTag(response)) ?? told?.Version ?? resource?.Meta?.VersionId);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var text = Header(response, "Retry-After");
        if (!RetryConditionHeaderValue.TryParse(text, out var value))
        {
            return null;
        }

        var wait = value.Delta ?? value.Date!.Value - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Only the words that a server chooses from a list; its descriptions may name anything.</summary>
    private static string? Challenge(HttpResponseMessage response)
    {
        var text = Header(response, "WWW-Authenticate");
        string[] known = ["insufficient_scope", "invalid_token", "invalid_request"];
        return text is null ? null : known.FirstOrDefault(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) ?? text.Split(' ', 2)[0].ToLower(CultureInfo.InvariantCulture);
    }

    private static string? Header(HttpResponseMessage response, string name)
    {
        if (response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values))
        {
            foreach (var value in values)
            {
                return value;
            }
        }

        return null;
    }
}
