using ChwFhir.Sandbox.Rest;

namespace ChwFhir.Sandbox.Epic;

internal sealed class EpicServer(Interactions open)
{
    public Task<FhirAnswer> AnswerAsync(FhirRequest request, CancellationToken cancellationToken) => open.AnswerAsync(request, cancellationToken);
}
