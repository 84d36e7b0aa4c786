namespace ChwFhir.Intake.Shapes;

/// <summary>The plain kinds that most members have.</summary>
internal static class Kinds
{
    public static readonly TextKind Text = new(int.MaxValue);
    public static readonly ListKind<string> Texts = new(Text);
    public static readonly Kind<string> Id = new IdKind();
    public static readonly Kind<string> Uri = new PatternKind("bad-uri", "must be a URI such as urn:oid:1.2.3 or https://example.org/ids, without spaces", @"[A-Za-z][A-Za-z0-9+.\-]*:\S+");
    public static readonly Kind<string> Language = new PatternKind("bad-language", "must be a language tag (BCP 47) such as en or es-MX", "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
    public static readonly Kind<string> ContentType = new PatternKind("bad-content-type", "must be a media type such as image/jpeg",
        @"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+( ?; ?[A-Za-z0-9\-]+=[^;\s]+)*");
    public static readonly Kind<string> Reference = new ReferenceKind();
    public static readonly Kind<string> Date = new DateKind(withTime: true);
    public static readonly Kind<string> Day = new DateKind(withTime: false);
    public static readonly Kind<DateTimeOffset?> Time = new TimeKind();
    public static readonly Kind<bool?> YesNo = new YesNoKind();
    public static readonly Kind<decimal?> NotNegative = new NumberKind();
    public static readonly Kind<byte[]> Base64 = new Base64Kind();
}
