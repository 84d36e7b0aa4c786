using System.Globalization;
using System.Text.Json;
using System.Xml;
using ChwFhir.Intake.Narratives;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ChwFhir.Mapping;

/// <summary>Reads the settings of the mapping and the rule files that they name. A bad setting stops the start with one line that says which and what is allowed.</summary>
internal static class MappingOptionsReader
{
    internal static MappingOptions Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection(MappingSettings.Section).Get<MappingSettings>() ?? new MappingSettings();
        var shipped = new MappingOptions();

        return new MappingOptions
        {
            IdentifierSystem = IdentifierSystem(settings.IdentifierSystem) ?? shipped.IdentifierSystem,
            Organization = Given(settings.Organization),
            NoteType = NoteTypeOf(settings.NoteType, configuration),
            HeldItems = File<HeldItemRules>("Mapping:HeldItems", settings.HeldItems) ?? shipped.HeldItems,
            RedFlags = File<RedFlagRules>("Programme:RedFlags", configuration["Programme:RedFlags"]) ?? shipped.RedFlags,
            Lexicon = LexiconOf(configuration.GetSection("Programme:Lexicon")) ?? shipped.Lexicon,
            ReplyDue = new ReplyDue
            {
                Stat = Due(configuration, "Stat") ?? shipped.ReplyDue.Stat,
                Urgent = Due(configuration, "Urgent") ?? shipped.ReplyDue.Urgent,
                Routine = Due(configuration, "Routine") ?? shipped.ReplyDue.Routine,
            },
        };
    }

    private static string? IdentifierSystem(string? setting) => Given(setting) switch
    {
        null => null,
        { } system when Uri.TryCreate(system, UriKind.Absolute, out _) && !system.Contains('|', StringComparison.Ordinal) => system,
        _ => throw Bad("Mapping:IdentifierSystem must be an absolute URI, such as urn:chwfhir:note."),
    };

    private static NoteType? NoteTypeOf(MappingSettings.NoteTypeSettings? setting, IConfiguration configuration)
    {
        if (Given(setting?.Code) is not { } code)
            return configuration["Mapping:NoteType:System"] is null ? null : throw Bad("Mapping:NoteType:System needs Mapping:NoteType:Code beside it.");

        return new NoteType { System = Given(setting!.System) ?? "http://loinc.org", Code = code, Display = Given(setting.Display) };
    }

    private static T? File<T>(string name, string? path) where T : class
    {
        if (Given(path) is null)
            return null;

        try
        {
            using var stream = System.IO.File.OpenRead(path!);
            return RuleFile.Read<T>(stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Bad($"{name} names a file that cannot be read.");
        }
        catch (JsonException exception)
        {
            throw Bad($"{name} is not such a file: {exception.Message}");
        }
    }

    // One path, several with semicolons between, or a list.
    private static Lexicon? LexiconOf(IConfigurationSection setting)
    {
        List<string> files = [.. setting.GetChildren().Select(child => child.Value).Prepend(setting.Value).SelectMany(paths => paths?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])];
        if (files.Count == 0)
            return null;

        try
        {
            return Lexicon.With(files);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Bad("Programme:Lexicon names a file that cannot be read.");
        }
        catch (LexiconException exception)
        {
            throw Bad($"Programme:Lexicon: {exception.Message}");
        }
    }

    private static TimeSpan? Due(IConfiguration configuration, string urgency)
    {
        var name = $"CareTeam:Due:{urgency}";
        if (Given(configuration[name]) is not { } text)
            return null;

        try
        {
            var due = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var plain) ? plain : XmlConvert.ToTimeSpan(text);
            return due > TimeSpan.Zero ? due : throw Bad($"{name} must be longer than nothing.");
        }
        catch (FormatException)
        {
            throw Bad($"{name} must be a duration: 00:15:00 or PT15M.");
        }
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static OptionsValidationException Bad(string line) => new(nameof(MappingOptions), typeof(MappingOptions), [line]);
}
