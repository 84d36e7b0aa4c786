namespace ChwFhir.Fhir.Client;

/// <summary>One request as it can be sent any number of times.</summary>
/// <param name="Interaction">FHIR's word for it: it names the metrics and decides what a good answer must hold.</param>
/// <param name="Type">The resource type; null for the whole system.</param>
internal sealed record FhirRequest(HttpMethod Method, Uri Address, RequestKind Kind, string Interaction, string? Type)
{
    public string? Id { get; init; }

    public ReadOnlyMemory<byte>? Body { get; init; }

    public string BodyType { get; init; } = "application/fhir+json";

    public string Accept { get; init; } = "application/fhir+json, application/json+fhir;q=0.9, application/json;q=0.8";

    public string? IfMatch { get; init; }

    public string? IfNoneExist { get; init; }

    public string? Prefer { get; init; }

    /// <summary>The path with its variable parts left open, for traces.</summary>
    public string Route => Interaction switch
    {
        "create" or "search-type" => $"/{Type}",
        "read" or "update" => $"/{Type}/{{id}}",
        "capabilities" => "/metadata",
        _ => "/",
    };

    /// <summary>A fresh message: one cannot be sent twice.</summary>
    public HttpRequestMessage ToMessage(out OutgoingBody? body)
    {
        var message = new HttpRequestMessage(Method, Address);
        Add(message, "Accept", Accept);
        Add(message, "If-Match", IfMatch);
        Add(message, "If-None-Exist", IfNoneExist);
        Add(message, "Prefer", Prefer);
        body = Body is { } bytes ? new OutgoingBody(bytes, BodyType) : null;
        message.Content = body;
        return message;
    }

    private static void Add(HttpRequestMessage message, string name, string? value)
    {
        if (value is not null)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
