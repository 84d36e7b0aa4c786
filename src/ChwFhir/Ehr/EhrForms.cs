namespace ChwFhir.Ehr;

/// <summary>What an EHR takes only in a form of its own. Nothing here is lost: the note document says everything.</summary>
public sealed record EhrForms
{
    /// <summary>Learned word: documents with more than one text are refused.</summary>
    public const string WholeDocument = "whole-document";

    /// <summary>Learned word: a code with several codings is refused.</summary>
    public const string SeveralCodings = "several-codings";

    /// <summary>Learned word: a condition that is not provisional is refused.</summary>
    public const string Unconfirmed = "unconfirmed";

    /// <summary>Learned word, before the code: documents of this type are refused.</summary>
    public const string NoteType = "note-type:";

    /// <summary>Learned word, of the whole server: what claims a profile of ours is refused.</summary>
    public const string OwnProfiles = "own-profiles";

    /// <summary>As mapped.</summary>
    public static EhrForms Whole { get; } = new();

    /// <summary>What is safe with a server of which nothing better is known: the least that each type must say.</summary>
    public static EhrForms Plainest { get; } = new() { TextOnly = true, OneCoding = true, ProvisionalOnly = true };

    /// <summary>Of a document, one plain text; who wrote it, what it replaces and our identifier are not kept, or refused.</summary>
    public bool TextOnly { get; init; }

    /// <summary>Of an observation's code, one coding; it belongs to an encounter that is open.</summary>
    public bool OneCoding { get; init; }

    /// <summary>Conditions only as <c>provisional</c>.</summary>
    public bool ProvisionalOnly { get; init; }

    /// <summary>Without the claims of our own profiles: the server refuses profiles that it does not know.</summary>
    public bool NoOwnProfiles { get; init; }

    /// <summary>The document types that are taken, <c>system|code</c>, where the server lists them; null where it does not.</summary>
    public IReadOnlySet<string>? NoteTypes { get; init; }

    /// <summary>Codes of document types that were refused.</summary>
    public IReadOnlySet<string> RefusedNoteTypes { get; init; } = new HashSet<string>();

    /// <summary>Whether a document of this type may be tried.</summary>
    public bool TakesNoteType(string? system, string? code) => code is not null && !RefusedNoteTypes.Contains(code) && NoteTypes?.Contains($"{system}|{code}") is not false;
}
