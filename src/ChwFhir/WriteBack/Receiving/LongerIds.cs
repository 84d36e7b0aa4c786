using System.Runtime.CompilerServices;
using ChwFhir.Ehr;
using ChwFhir.Intake;
using ChwFhir.Intake.Summaries;
using ChwFhir.Queue;
using ChwFhir.WriteBack.Inputs;
using Microsoft.Extensions.Options;

namespace ChwFhir.WriteBack.Receiving;

/// <summary>Where the id of a document's number is another document's, it goes by a longer one, the same however often it comes.</summary>
internal sealed class LongerIds(NoteStore store, EhrConnection ehr, IOptions<IntakeOptions> intake, TimeProvider time)
{
    public async IAsyncEnumerable<(Handed Named, InputReading.Read Read)> OfAsync(Handed handed, Input input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var id in await IdsAsync(input, cancellationToken))
        {
            var named = handed with { SentAs = handed.SentAs with { DocumentId = id } };
            if (named.Kind.Read(named.Body, named.SentAs, intake.Value, time.GetUtcNow()) is InputReading.Read again && again.Input.Id == id)
                yield return (named, again);
        }
    }

    private async Task<IReadOnlyList<string>> IdsAsync(Input input, CancellationToken cancellationToken)
    {
        List<string> ids = [];
        if (input.Number is { } number && DocumentNumber.WithSystem(number) is { } full && full != input.Id && await IsOfAnotherAsync(input.Id, number, cancellationToken))
            ids.Add(full);
        if (input.IdOfMessage is { } own)
            ids.Add(own);
        return ids;
    }

    private async Task<bool> IsOfAnotherAsync(string id, PersonIdentifier number, CancellationToken cancellationToken) =>
        await store.FindAsync(ehr.Id, id, cancellationToken) is { } there && StoredInput.Read(await store.ReadContentAsync(there.Number, cancellationToken)) is { } before && before.Number != number;
}
