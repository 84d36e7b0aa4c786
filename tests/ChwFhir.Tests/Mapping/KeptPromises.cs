using ChwFhir.Mapping;
using NUnit.Framework;

namespace ChwFhir.Tests.Mapping;

/// <summary>Holds what a test maps to what is held to it before it is sent: a rule that refuses what is right stops a note.</summary>
internal static class KeptPromises
{
    internal static MappedNote Kept(this MappedNote mapped)
    {
        Assert.That(Broken(mapped), Is.Empty);

        return mapped;
    }

    internal static IEnumerable<string> Broken(MappedNote mapped) => Promises.Shipped.Value.Validate(mapped.ToTransaction()).Errors.Select(error => $"{error.Expression}, {error.Rule}: {error.Text}");
}
