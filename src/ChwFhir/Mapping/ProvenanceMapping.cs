using System.Reflection;
using ChwFhir.Fhir.Model;

namespace ChwFhir.Mapping;

/// <summary>Who wrote all this, by which software, from which note.</summary>
internal static class ProvenanceMapping
{
    private const string Software = "software";
    private static readonly string Version = typeof(ProvenanceMapping).Assembly.GetName().Version?.ToString(3) ?? "0";

    internal static void Map(Draft draft) => Map(draft, "Visit note", draft.Note.When, draft.Started, draft.Author());

    /// <param name="what">The input, in words.</param>
    /// <param name="author">Null when nobody is named: then only the software acts.</param>
    internal static void Map(FhirDraft draft, string what, DateTimeOffset recorded, string? occurred, ResourceReference? author)
    {
        var provenance = new Provenance
        {
            Meta = Concepts.Profile("us-core-provenance", OwnProfiles.Provenance),
            Recorded = recorded,
            Occurred = occurred is null ? null : new FhirDateTime(occurred),
            Activity = draft.Resolved.Edition == 1 ? Concepts.Of(Systems.DataOperation, "CREATE", "create") : Concepts.Of(Systems.DataOperation, "UPDATE", "revise"),
        };
        foreach (var mapped in draft.Resources)
            provenance.Target.Add(new ResourceReference(mapped.FullUrl));

        provenance.Contained.Add(TheSoftware());
        if (author is not null)
            provenance.Agent.Add(Agent(draft, "author", "Author", author));
        provenance.Agent.Add(Agent(draft, "assembler", "Assembler", new ResourceReference($"#{Software}")));
        provenance.Entity.Add(new Provenance.EntityComponent
        {
            Role = Provenance.ProvenanceEntityRole.Source,
            What = new ResourceReference { Identifier = new Identifier(draft.Options.IdentifierSystem, draft.Id), Display = $"{what}, SHA-256 {draft.ContentHash}" },
        });

        draft.Add(draft.TakeKey("provenance"), provenance, identityKey: DocumentNames.Of(draft.Resolved.Edition, "provenance"));
    }

    /// <summary>That what a note had made counts no more: who took it back is in the audit log of the service, which did it.</summary>
    /// <param name="taken">References in the EHR.</param>
    internal static void MapRetraction(FhirDraft draft, DateTimeOffset asked, IEnumerable<string> taken)
    {
        var provenance = new Provenance
        {
            Meta = Concepts.Profile("us-core-provenance", OwnProfiles.Provenance),
            Recorded = asked,
            Activity = Concepts.Of(Systems.DataOperation, "NULLIFY", "nullify"),
        };
        foreach (var reference in taken)
            provenance.Target.Add(new ResourceReference(reference));
        provenance.Contained.Add(TheSoftware());
        provenance.Agent.Add(Agent(draft, "assembler", "Assembler", new ResourceReference($"#{Software}")));
        provenance.Entity.Add(new Provenance.EntityComponent
        {
            Role = Provenance.ProvenanceEntityRole.Source,
            What = new ResourceReference { Identifier = new Identifier(draft.Options.IdentifierSystem, draft.Id) },
        });

        draft.Add(draft.TakeKey(RetractionMapping.ProvenanceKey), provenance);
    }

    private static Device TheSoftware()
    {
        var device = new Device { Id = Software };
        device.DeviceName.Add(new Device.DeviceNameComponent { Name = "ChwFhir", Type = DeviceNameType.UserFriendlyName });
        device.Version.Add(new Device.VersionComponent { Value = Version });

        return device;
    }

    private static Provenance.AgentComponent Agent(FhirDraft draft, string type, string display, ResourceReference who) => new()
    {
        Type = Concepts.Of(Systems.ProvenanceParticipant, type, display),
        Who = who,
        OnBehalfOf = draft.Organization() ?? NotSaid(),
    };

    /// <summary>US Core wants it said for whom people and devices act; a site that did not say is not given a name.</summary>
    private static ResourceReference NotSaid()
    {
        var reference = new ResourceReference();
        reference.Extension.Add(new Extension(Systems.DataAbsentExtension, new Code("unknown")));

        return reference;
    }
}
