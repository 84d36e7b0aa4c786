namespace ChwFhir.Queue.Sealing;

/// <summary>
/// What a sealed value is. A value that stands where another kind belongs does not open: nobody who can write to the database can make a reply a
/// narrative, or a name a reason. Columns between which values are copied inside the database are of one kind.
/// </summary>
internal abstract class Secret(string name)
{
    public string Name => name;

    /// <summary>A FHIR reference or a business identifier; also the name of a lane.</summary>
    public static readonly FoundSecret Patient = new("patient");

    /// <summary>Who wrote, sent, took or gets something: practitioners, people's subjects, roles, care teams.</summary>
    public static readonly FoundSecret Person = new("person");

    /// <summary>What somebody is called.</summary>
    public static readonly KeptSecret PersonsName = new("persons-name");

    /// <summary>The caller's own id of a note, a message or a reply.</summary>
    public static readonly FoundSecret CallersId = new("callers-id");

    public static readonly FoundSecret Identity = new("identity");

    /// <summary>What a resource or a message is called within its note: a caller's local id is part of it.</summary>
    public static readonly FoundSecret Key = new("key");

    /// <summary>Why a resource stands as it does.</summary>
    public static readonly FoundSecret How = new("how");

    /// <summary>A resource in the EHR.</summary>
    public static readonly KeptSecret Reference = new("reference");

    /// <summary>Hash of a content: whoever guesses the content would know that the guess is right.</summary>
    public static readonly KeptSecret Hash = new("hash");

    public static readonly KeptSecret Issues = new("issues");

    public static readonly KeptSecret Input = new("input");

    /// <summary>What a caller said beside the bytes.</summary>
    public static readonly KeptSecret Headers = new("headers");

    public static readonly KeptSecret Resolved = new("resolved");

    public static readonly KeptSecret Mapped = new("mapped");

    public static readonly KeptSecret Held = new("held");

    public static readonly KeptSecret Document = new("document");

    public static readonly KeptSecret Plan = new("plan");

    /// <summary>Rows of resources as an earlier version left them.</summary>
    public static readonly KeptSecret Rows = new("rows");

    public static readonly KeptSecret LongLived = new("long-lived");

    public static readonly KeptSecret Seen = new("seen");

    public static readonly KeptSecret Applied = new("applied");

    public static readonly KeptSecret FoldedText = new("folded-text");

    /// <summary>What the EHR said of a write.</summary>
    public static readonly KeptSecret Detail = new("detail");

    /// <summary>What a person, or the EHR, gave as a reason.</summary>
    public static readonly KeptSecret Reason = new("reason");

    /// <summary>By what a held part is known again: a hash of its words.</summary>
    public static readonly KeptSecret Mark = new("mark");

    public static readonly KeptSecret Message = new("message");

    /// <summary>What became of a message, in words.</summary>
    public static readonly KeptSecret Words = new("words");

    public static readonly KeptSecret Reply = new("reply");

    public static readonly KeptSecret ReplyInFhir = new("reply-in-fhir");

    public static readonly KeptSecret Symptom = new("symptom");

    /// <summary>Nothing is in it: it holds while what a row is found by stays together in that row (<see cref="Belonging"/>).</summary>
    public static readonly KeptSecret Whose = new("whose");

    /// <summary>Who is meant by a notification.</summary>
    public static readonly KeptSecret Addressed = new("addressed");

    /// <summary>Where somebody is told: an address.</summary>
    public static readonly KeptSecret Target = new("target");

    public static readonly KeptSecret Suggestion = new("suggestion");

    public static readonly KeptSecret SuggestionKey = new("suggestion-key");

    /// <summary>How far a chain of the audit was written before there were seals.</summary>
    public static readonly KeptSecret ClearUntil = new("clear-until");

    /// <summary>Where a chain of the audit was cut, and when.</summary>
    public static readonly KeptSecret AuditCut = new("audit-cut");

    public static readonly KeptSecret AuditRecord = new("audit-record");

    /// <summary>Keys of others that are kept beside the store: those that sessions of the app are sealed with.</summary>
    public static readonly KeptSecret OtherKeys = new("other-keys");
}
