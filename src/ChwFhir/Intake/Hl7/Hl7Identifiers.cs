using ChwFhir.Intake.Summaries;

namespace ChwFhir.Intake.Hl7;

/// <summary>Identifiers with the one who gave them as FHIR systems.</summary>
internal static class Hl7Identifiers
{
    /// <summary>An authority that has only a name is known to us by that name: <c>urn:hl7v2:authority:&lt;name&gt;</c>.</summary>
    public const string Named = "urn:hl7v2:authority:";

    private const string Uri = "urn:ietf:rfc:3986";

    /// <summary>CX (PID-3, PV1-19).</summary>
    /// <param name="facility">MSH-4: gives what has no authority of its own.</param>
    public static PersonIdentifier? OfCx(Hl7Value value, string? facility) =>
        value.Text(1) is { } id ? new PersonIdentifier(System(value.Authority(4), facility), id) : null;

    /// <summary>EI (TXA-12, TXA-13): an OID that stands for itself, or an id with its authority.</summary>
    public static PersonIdentifier? OfEi(Hl7Value value, string? facility)
    {
        if ((value.Text(1) ?? value.Text(3)) is not { } id)
            return null;
        var authority = (Namespace: value.Text(2), Id: value.Text(3), Type: value.Text(4));
        if (authority is { Namespace: null, Id: null } && IsOid(id))
            return new PersonIdentifier(Uri, "urn:oid:" + id);

        return new PersonIdentifier(System(authority, facility), id);
    }

    /// <summary>XCN (TXA-9, PV1-7): who, with name.</summary>
    public static DocumentAuthor? Author(Hl7Value value, string? facility)
    {
        if (value.IsEmpty)
            return null;

        var name = string.Join(' ', new[] { value.Text(6), value.Text(3), value.Text(4), value.Text(2), value.Text(5), value.Text(7) }.Where(part => part is not null));
        var id = value.Text(1);
        // Some senders give a name where the id belongs.
        if (name.Length == 0 && id is not null && !id.Any(char.IsAsciiDigit))
            return new DocumentAuthor { Name = id };
        if (name.Length == 0 && id is null)
            return null;

        var authority = value.Authority(9);
        var isNpi = value.Text(13) is "NPI" || authority.Namespace is "NPI" || authority.Id is "2.16.840.1.113883.4.6";
        return new DocumentAuthor
        {
            Name = name.Length > 0 ? name : null,
            Identifiers = id is null ? [] : [new PersonIdentifier(isNpi ? "http://hl7.org/fhir/sid/us-npi" : System(authority, facility), id)],
        };
    }

    private static string System((string? Namespace, string? Id, string? Type) authority, string? facility)
    {
        if (authority.Id is { } id)
        {
            if (authority.Type is "ISO" || IsOid(id))
                return "urn:oid:" + id;
            if (authority.Type is "UUID" or "GUID")
                return "urn:uuid:" + id.ToLowerInvariant();
            if (authority.Type is "URI" or "URL" || id.Contains("://", StringComparison.Ordinal))
                return id;
            return Named + id;
        }

        if (authority.Namespace is { } name)
            return IsOid(name) ? "urn:oid:" + name : Named + name.Replace(' ', '-');
        return Named + (facility ?? "unknown").Replace(' ', '-');
    }

    private static bool IsOid(string text) =>
        text.Length >= 5 && text[0] is '0' or '1' or '2' && text.Contains('.', StringComparison.Ordinal) && !text.EndsWith('.')
        && !text.AsSpan().ContainsAnyExcept("0123456789.") && !text.Contains("..", StringComparison.Ordinal);
}
