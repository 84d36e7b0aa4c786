using System.ComponentModel;
using System.Globalization;

namespace ChwFhir.Ehr;

/// <summary>A bearer token that does not print: logs, exceptions and JSON show "(access token)".</summary>
[TypeConverter(typeof(Converter))]
public sealed class AccessToken(string value)
{
    private readonly string value = value;

    /// <summary>For the Authorization header, nowhere else.</summary>
    public string Reveal() => value;

    public override string ToString() => "(access token)";

    private sealed class Converter : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            value is string { Length: > 0 } text ? new AccessToken(text) : null;
    }
}
