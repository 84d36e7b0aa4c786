using System.Diagnostics;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Fhir.Tests.Validation;

/// <summary>A caller chooses how much a resource contains: a comparison of each with each would stand still for minutes.</summary>
public sealed class When_much_is_contained
{
    private const int Many = 60_000;

    [Test]
    public void It_takes_no_longer_than_it_is_long()
    {
        var document = Document(Many);
        document.Contained[^1].Id = "nobody-points-here";
        var clock = Stopwatch.StartNew();

        var found = TheProfiles.Validation.Validate(document);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(found.Errors.Select(error => $"{error.Expression} {error.Rule}"), Is.EquivalentTo((string[])["DocumentReference dom-3", $"DocumentReference.context.related[{Many - 1}] ref-1"]));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    private static DocumentReference Document(int many)
    {
        var document = new DocumentReference { Status = DocumentReferenceStatus.Current, Context = new DocumentReference.ContextComponent() };
        document.Content.Add(new DocumentReference.ContentComponent { Attachment = new Attachment { ContentType = "text/plain", Title = "a" } });
        for (var i = 0; i < many; i++)
        {
            document.Contained.Add(new Patient { Id = $"c{i}", Active = true });
            document.Context.Related.Add(new ResourceReference($"#c{i}"));
        }

        return document;
    }
}
