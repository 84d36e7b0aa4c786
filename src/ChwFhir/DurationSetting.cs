using System.ComponentModel;
using System.Globalization;
using System.Xml;

namespace ChwFhir;

/// <summary>A length of time as settings write it: .NET's <c>00:00:10</c> or ISO 8601's <c>PT10S</c>.</summary>
[TypeConverter(typeof(Converter))]
public readonly record struct DurationSetting
{
    private readonly TimeSpan value;

    private DurationSetting(TimeSpan value, string? unreadable)
    {
        this.value = value;
        Unreadable = unreadable;
    }

    /// <summary>What stood there when it was no length of time; the check of the settings tells it.</summary>
    public string? Unreadable { get; }

    public TimeSpan Value => Unreadable is null ? value : throw new FormatException($"'{Unreadable}' is not a duration: {Allowed}.");

    public const string Allowed = "allowed are the forms 00:00:10 and PT10S";

    public static DurationSetting Parse(string text)
    {
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && text.Contains(':', StringComparison.Ordinal))
        {
            return new DurationSetting(span, null);
        }

        try
        {
            return new DurationSetting(XmlConvert.ToTimeSpan(text), null);
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            return new DurationSetting(default, text);
        }
    }

    public static implicit operator TimeSpan(DurationSetting setting) => setting.Value;

    public static implicit operator DurationSetting(TimeSpan value) => new(value, null);

    public override string ToString() => Unreadable ?? value.ToString("c", CultureInfo.InvariantCulture);

    private sealed class Converter : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => Parse((string)value);
    }
}
