using System.Text.Json;
using ChwFhir.Fhir;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Ehr;

/// <summary>
/// Weighs the evidence: the statement, then the settings, then what the token was granted and what was learned. A server that does not declare <c>Encounter.create</c>
/// is taken as strict: of its declared writes only documents and vital signs are believed, the rest where the settings name it.
/// </summary>
internal sealed class CapabilityReading(CapabilityStatement statement, EhrNarrowing? settings, LearnedCapabilities learned, GrantedScopes? granted)
{
    private readonly List<CapabilityStatement.RestComponent> rests = [.. statement.Rest.Where(rest => rest.Mode is not CapabilityStatement.RestfulCapabilityMode.Client)];

    public EhrCapabilities Read()
    {
        var version = Version();
        if (!version.StartsWith("4.0.", StringComparison.Ordinal))
        {
            throw new UnsupportedFhirReleaseException(version);
        }

        var declared = rests.SelectMany(rest => rest.Resource).Where(resource => resource.Type is not null).ToLookup(resource => resource.Type!, StringComparer.Ordinal);
        var strict = !declared["Encounter"].Any(resource => Declares(resource, CapabilityStatement.TypeRestfulInteraction.Create));
        var names = declared.Select(group => group.Key).Union(settings?.Types.Keys ?? []).Where(name => name != EhrNarrowing.System);
        return new EhrCapabilities
        {
            FhirVersion = version,
            Transaction = Transaction(),
            RequiresEncounter = strict,
            VitalSignsOnly = (strict && Named("Observation") is null) || granted?.VitalSignsOnly is true,
            Forms = Forms(strict),
            Types = names.ToDictionary(name => name, name => Of(name, [.. declared[name]], strict), StringComparer.Ordinal),
        };
    }

    private TypeCapabilities Of(string type, List<CapabilityStatement.ResourceComponent> declared, bool strict)
    {
        var named = Named(type);
        var taken = Declared(declared, strict && named is null && type is not ("DocumentReference" or "Observation"), strict && named is null);
        if (named is not null)
        {
            taken.ExceptWith(Interactions.Writes);
            taken.UnionWith(named);
        }

        var conditional = named?.Contains(Interactions.ConditionalCreate) == true || declared.Any(resource => resource.ConditionalCreate == true);
        var versioned = named?.Contains(Interactions.Update) == true || declared.Any(KeepsVersions);
        taken.Remove(Interactions.ConditionalCreate);
        // Settings cannot give a token what the EHR did not grant it: the attempt would only be refused, for every note.
        taken.RemoveWhere(interaction => learned.Refuses(type, interaction) || granted?.Allow(type, interaction) is false);
        return new TypeCapabilities(taken, conditional && taken.Contains(Interactions.Create), versioned && taken.Contains(Interactions.Update), Parameters(declared))
        {
            WhyNoCreate = taken.Contains(Interactions.Create) ? null : WhyNoCreate(type, declared, named),
        };
    }

    // The last evidence to speak is the one to name.
    private string WhyNoCreate(string type, List<CapabilityStatement.ResourceComponent> declared, IReadOnlySet<string>? named)
    {
        var declares = declared.Any(resource => Declares(resource, CapabilityStatement.TypeRestfulInteraction.Create));
        if (learned.Refuses(type, Interactions.Create))
            return "it was refused when it was tried";
        if (named is not null && !named.Contains(Interactions.Create))
            return "Ehr__Capabilities leaves it out";
        if ((named is not null || declares) && granted?.Allow(type, Interactions.Create) is false)
            return "the token was not granted it";
        return declares ? "declared, but not believed of an EHR that makes its own encounters; Ehr__Capabilities may name it" : "the EHR does not declare it";
    }

    private static HashSet<string> Declared(List<CapabilityStatement.ResourceComponent> declared, bool noCreate, bool noUpdate)
    {
        var taken = declared.SelectMany(resource => resource.Interaction).Select(interaction => interaction.Code?.GetLiteral()).OfType<string>().ToHashSet(StringComparer.Ordinal);
        taken.IntersectWith([.. Interactions.Reads, .. noCreate ? [] : new[] { Interactions.Create }, .. noUpdate ? [] : new[] { Interactions.Update }]);
        return taken;
    }

    /// <summary><c>versioned</c> counts: such servers give entity tags and check the ones that they are given; <c>versioned-update</c> ones only insist on it.</summary>
    private static bool KeepsVersions(CapabilityStatement.ResourceComponent resource) =>
        resource.Versioning is CapabilityStatement.ResourceVersionPolicy.Versioned or CapabilityStatement.ResourceVersionPolicy.VersionedUpdate;

    private HashSet<string> Parameters(List<CapabilityStatement.ResourceComponent> declared) =>
        declared.SelectMany(resource => resource.SearchParam).Concat(rests.SelectMany(rest => rest.SearchParam)).Select(parameter => parameter.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);

    private EhrForms Forms(bool strict) => new()
    {
        TextOnly = strict || learned.Refuses("DocumentReference", EhrForms.WholeDocument),
        OneCoding = strict || learned.Refuses("Observation", EhrForms.SeveralCodings),
        ProvisionalOnly = strict || learned.Refuses("Condition", EhrForms.Unconfirmed),
        NoOwnProfiles = learned.Refuses(EhrNarrowing.System, EhrForms.OwnProfiles),
        RefusedNoteTypes = learned.NotTaken.Where(entry => entry.Type == "DocumentReference" && entry.Interaction.StartsWith(EhrForms.NoteType, StringComparison.Ordinal))
            .Select(entry => entry.Interaction[EhrForms.NoteType.Length..]).ToHashSet(StringComparer.Ordinal),
    };

    private bool Transaction()
    {
        var declares = rests.SelectMany(rest => rest.Interaction).Any(interaction => interaction.Code == CapabilityStatement.SystemRestfulInteraction.Transaction);
        var allowed = Named(EhrNarrowing.System)?.Contains(Interactions.Transaction) ?? declares;
        return allowed && !learned.Refuses(EhrNarrowing.System, Interactions.Transaction);
    }

    private IReadOnlySet<string>? Named(string type) => settings is not null && settings.Types.TryGetValue(type, out var words) ? words : null;

    private static bool Declares(CapabilityStatement.ResourceComponent resource, CapabilityStatement.TypeRestfulInteraction interaction) => resource.Interaction.Any(declared => declared.Code == interaction);

    /// <summary>Releases after R4 are unknown words to R4's list of them; the word itself is still in the JSON.</summary>
    private string Version()
    {
        if (statement.FhirVersion is { } known)
        {
            return known.GetLiteral();
        }

        using var json = JsonDocument.Parse(FhirJson.ToBytes(statement));
        return json.RootElement.TryGetProperty("fhirVersion", out var word) ? word.ToString() : "of an unnamed release";
    }
}
