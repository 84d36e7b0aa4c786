using System.Text;

namespace ChwFhir.Testing;

/// <summary>
/// The bad notes: each is refused with its status, and with 422 for every fault named, no more and no fewer. The reader's tests and the tests of
/// the running service take the same table.
/// </summary>
internal static class BadNotes
{
    public static IEnumerable<BadNote> All => [.. NotJson, .. TooLarge, .. WrongTypes, .. Missing, .. Unknown, .. Forms, .. Words, .. Numbers, .. Rules, .. Several];

    private static IEnumerable<BadNote> NotJson =>
    [
        Unreadable("an empty body", "empty-body", ""),
        Unreadable("only spaces", "not-json", "  \n "),
        Unreadable("a word", "not-json", "hello"),
        Unreadable("a note that ends in the middle", "not-json", "{\"id\": \"a\", \"patient\": {"),
        Unreadable("a trailing comma", "not-json", "{\"id\": \"a\",}"),
        Unreadable("a comment", "not-json", "{\"id\": \"a\" /* mine */}"),
        Unreadable("single quotes", "not-json", "{'id': 'a'}"),
        Unreadable("names without quotes", "not-json", "{id: \"a\"}"),
        Unreadable("not a number", "not-json", "{\"id\": NaN}"),
        Unreadable("a leading zero", "not-json", "{\"schemaVersion\": 01}"),
        Unreadable("two notes in one body", "not-json", "{\"id\": \"a\"} {\"id\": \"b\"}"),
        Unreadable("garbage after the note", "not-json", "{\"id\": \"a\"}]"),
        Unreadable("a line feed inside a string", "not-json", "{\"narrative\": \"one\ntwo\"}"),
        Unreadable("a raw NUL inside a string", "not-json", "{\"narrative\": \"one\0two\"}"),
        Unreadable("a raw NUL after the note", "not-json", "{\"id\": \"a\"}\0"),
        Unreadable("a bad escape", "not-json", "{\"narrative\": \"\\x41\"}"),
        Unreadable("XML", "not-json", "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>"),
        Unreadable("HL7 v2", "not-json", "MSH|^~\\&|EPIC|"),
        Unreadable("a lone high surrogate", "lone-surrogate", "{\"narrative\": \"a \\ud83d b\"}"),
        Unreadable("a lone low surrogate", "lone-surrogate", "{\"narrative\": \"\\ude00\"}"),
        Unreadable("two high surrogates", "lone-surrogate", "{\"narrative\": \"\\ud83d\\ud83d\\ude00\"}"),
        Unreadable("a lone surrogate in a member's name", "lone-surrogate", "{\"a\\udfff\": 1}"),
        Unreadable("nesting of 10,000 arrays", "too-deep", new string('[', 10_000) + new string(']', 10_000)),
        Unreadable("nesting of 10,000 objects", "too-deep", string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)),
        Unreadable("nesting of 65", "too-deep", new string('[', 65) + new string(']', 65)),
        new("a byte that is never UTF-8", 400, () => [.. "{\"narrative\": \"a"u8, 0xFF, .. "\"}"u8], ("", "not-utf8")),
        new("a cut UTF-8 sequence", 400, () => [.. "{\"narrative\": \"a"u8, 0xE2, 0x82, .. "\"}"u8], ("", "not-utf8")),
        new("an overlong UTF-8 sequence", 400, () => [.. "{\"narrative\": \"a"u8, 0xC0, 0xAF, .. "\"}"u8], ("", "not-utf8")),
        new("a surrogate as UTF-8", 400, () => [.. "{\"narrative\": \"a"u8, 0xED, 0xA0, 0x80, .. "\"}"u8], ("", "not-utf8")),
        new("Latin-1", 400, () => Encoding.Latin1.GetBytes("{\"narrative\": \"café\"}"), ("", "not-utf8")),
        new("UTF-16 with its mark", 400, () => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{\"id\": \"a\"}")], ("", "not-utf8")),
        new("UTF-16 without its mark", 400, () => Encoding.BigEndianUnicode.GetBytes("{\"id\": \"a\"}"), ("", "not-utf8")),
        new("random bytes of a picture", 400, () => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], ("", "not-utf8")),
    ];

    private static IEnumerable<BadNote> TooLarge =>
    [
        new("2 MB of narrative", 413, () => new SomeNote().Remove("/attachments").Set("/narrative", Long(2_000_000)).Bytes()),
        new("2 MB that is no JSON", 413, () => Encoding.UTF8.GetBytes(new string('x', 2_000_000))),
        new("2 MB with an empty list of attachments", 413, () => new SomeNote().Set("/attachments", "[]").Set("/narrative", Long(2_000_000)).Bytes()),
        new("11 MB with an attachment", 413, () => new SomeNote().Set("/attachments/0/data", $"\"{new string('A', 11_000_000)}\"").Bytes()),
    ];

    private static IEnumerable<BadNote> WrongTypes =>
    [
        Raw("an array", "[]", ("", "wrong-type")),
        Raw("a string", "\"x\"", ("", "wrong-type")),
        Raw("null", "null", ("", "wrong-type")),
        Raw("a number", "17", ("", "wrong-type")),
        Set("a number as id", "/id", "17", "wrong-type"),
        Set("a string as patient", "/patient", "\"Patient/eXYZ\"", "wrong-type"),
        Set("a list of patients", "/patient", "[{\"reference\": \"Patient/eXYZ\"}]", "wrong-type"),
        Set("null as author", "/author", "null", "wrong-type"),
        Set("null as narrative", "/narrative", "null", "wrong-type"),
        Set("an object as narrative", "/narrative", "{\"text\": \"a\"}", "wrong-type"),
        Set("an object as goals", "/goals", "{\"text\": \"a\"}", "wrong-type"),
        Set("a goal that is a string", "/goals/1", "\"walk\"", "wrong-type"),
        Set("a goal that is null", "/goals/1", "null", "wrong-type"),
        Set("an address that is a number", "/goals/0/addresses", "[\"food\", 1]", "wrong-type", "/goals/0/addresses/1"),
        Set("steps that are a string", "/goals/0/steps", "\"s1\"", "wrong-type"),
        Set("a step's text that is a list", "/goals/0/steps/0/text", "[\"Call\"]", "wrong-type"),
        Set("true as a word", "/symptoms/0/needsClinician", "\"true\"", "wrong-type"),
        Set("yes for true", "/visit/participants/0/livesHere", "\"yes\"", "wrong-type"),
        Set("1 for true", "/home/callFirst", "1", "wrong-type"),
        Set("a score as a string", "/symptoms/0/score", "\"8\"", "wrong-type"),
        Set("a start that is a number", "/visit/start", "1793732700", "wrong-type"),
        Set("an answer that is true", "/screenings/0/answers/0/answer", "true", "wrong-type"),
        Set("an answer that is an object", "/screenings/0/answers/0/answer", "{\"code\": \"LA28397-0\"}", "wrong-type"),
        Set("a recipient alone instead of a list", "/messages/0/to", "\"care-team\"", "wrong-type"),
        Set("a hold that is true", "/sections/0/hold", "true", "wrong-type"),
        Set("a status that is a number", "/visit/status", "1", "wrong-type"),
        Set("a version that is a string", "/schemaVersion", "\"1\"", "wrong-type"),
    ];

    private static IEnumerable<BadNote> Missing =>
    [
        Raw("an empty object", "{}", ("", "required"), ("/author", "required"), ("/id", "required"), ("/patient", "required"), ("/visit", "required")),
        Without("no id", "/id"),
        Without("no patient", "/patient"),
        Without("no author", "/author"),
        Without("no visit", "/visit"),
        Without("no start", "/visit/start"),
        Without("no text in a goal", "/goals/0/text"),
        Without("no text in a step", "/goals/0/steps/0/text"),
        Without("no domain in a concern", "/concerns/0/domain"),
        Without("no recipients", "/messages/0/to"),
        Without("no why in a hold", "/sections/0/hold/why"),
        Without("no value in an identifier", "/patient/identifier/value"),
        Without("no minutes in a time entry", "/time/0/minutes"),
        Without("no data in an attachment", "/attachments/0/data"),
        Without("no answer to an item", "/screenings/0/answers/0/answer"),
        Without("a screening with neither answers nor declined", "/screenings/1/answers"),
        Without("a weight without a value", "/vitals/1/value", note => note.Remove("/vitals/1/text")),
        new("a patient by name only", 422, () => new SomeNote().Set("/patient", "{\"check\": {\"familyName\": \"Okafor\"}}").Bytes(), ("/patient", "required")),
        new("nothing is said", 422, () => SomeNote.Small().Remove("/narrative").Bytes(), ("", "required")),
        new("nothing is said in empty lists", 422, () => SomeNote.Small().Remove("/narrative").Set("/goals", "[]").Set("/sections", "[]").Bytes(), ("", "required")),
        Set("an empty narrative", "/narrative", "\"\"", "empty"),
        Set("a narrative of spaces", "/narrative", "\" \\n\\t \"", "empty"),
        Set("an empty id", "/id", "\"\"", "empty"),
        Set("an empty name", "/author/name", "\"\"", "empty"),
        Set("an empty goal text", "/goals/1/text", "\"\"", "empty"),
        Set("an empty question for next time", "/followUp/ask", "[\"\"]", "empty", "/followUp/ask/0"),
        Set("an empty travel", "/visit/travel", "{}", "empty"),
        Set("no recipient in the list", "/messages/0/to", "[]", "empty"),
        Set("no answer in the list", "/screenings/3/answers/0/answer", "[]", "empty"),
        Set("an attachment of no bytes", "/attachments/0/data", "\"\"", "empty"),
    ];

    private static IEnumerable<BadNote> Unknown =>
    [
        Set("an unknown member", "/narative", "\"typo\"", "unknown-member"),
        Set("a member with the wrong case", "/Narrative", "\"a\"", "unknown-member"),
        Set("an unknown member of the patient", "/patient/name", "\"a\"", "unknown-member"),
        Set("an unknown member three levels down", "/goals/0/steps/0/done", "true", "unknown-member"),
        Set("a member whose name needs escaping", "/visit/a~1b~0c", "1", "unknown-member"),
        Set("a prototype's name", "/__proto__", "{}", "unknown-member"),
        Set("resourceType", "/resourceType", "\"Bundle\"", "unknown-member"),
        new("a duplicate id", 422, () => SomeNote.Swap("\"schemaVersion\": 1,", "\"schemaVersion\": 1, \"id\": \"other\","), ("/id", "duplicate-member")),
        new("a duplicate member in a goal", 422, () => SomeNote.Swap("\"wordsOf\": \"patient\"", "\"wordsOf\": \"patient\", \"wordsOf\": \"chw\""), ("/goals/0/wordsOf", "duplicate-member")),
        new("a duplicate member in disguise", 422, () => SomeNote.Swap("\"language\": \"en-US\",", "\"language\": \"en-US\", \"l\\u0061nguage\": \"es\","), ("/language", "duplicate-member")),
        new("an unknown member twice", 422, () => SomeNote.Swap("\"language\": \"en-US\",", "\"x\": 1, \"x\": 2,"), ("/x", "duplicate-member"), ("/x", "unknown-member")),
    ];

    private static IEnumerable<BadNote> Forms =>
    [
        Set("30 February", "/visit/start", "\"2026-02-30T14:05:00-05:00\"", "bad-time"),
        Set("a month 13", "/goals/0/due", "\"2026-13\"", "bad-date"),
        Set("29 February of a common year", "/patient/check/birthDate", "\"1963-02-29\"", "bad-date"),
        Set("31 November", "/followUp/nextVisit", "\"2026-11-31\"", "bad-date"),
        Set("the year 0000", "/goals/0/due", "\"0000\"", "bad-date"),
        Set("day zero", "/time/0/date", "\"2026-11-00\"", "bad-date"),
        Set("an American date", "/goals/0/due", "\"11/03/2026\"", "bad-date"),
        Set("tomorrow", "/followUp/nextVisit", "\"tomorrow\"", "bad-date"),
        Set("Arabic digits", "/goals/0/due", "\"٢٠٢٦\"", "bad-date"),
        Set("a date with a space after it", "/goals/0/due", "\"2026-11-03 \"", "bad-date"),
        Set("a birth date with a time", "/patient/check/birthDate", "\"1963-04-02T10:00:00Z\"", "bad-date"),
        Set("a start without offset", "/visit/start", "\"2026-11-03T14:05:00\"", "bad-time"),
        Set("a start without seconds", "/visit/start", "\"2026-11-03T14:05-05:00\"", "bad-time"),
        Set("a start without time", "/visit/start", "\"2026-11-03\"", "bad-time"),
        Set("hour 24", "/visit/end", "\"2026-11-03T24:00:00-05:00\"", "bad-time"),
        Set("minute 60", "/authored", "\"2026-11-03T15:60:00-05:00\"", "bad-time"),
        Set("an offset of 15 hours", "/authored", "\"2026-11-03T15:40:00+15:00\"", "bad-time"),
        Set("a time before all times", "/visit/start", "\"0001-01-01T00:00:00+14:00\"", "bad-time"),
        Set("a dot and no fraction", "/visit/start", "\"2026-11-03T14:05:00.-05:00\"", "bad-time"),
        Set("a due time without offset", "/goals/0/due", "\"2026-11-03T14:05:00\"", "bad-time"),
        Set("an id with a slash", "/id", "\"a/b\"", "bad-id"),
        Set("an id that is this folder", "/id", "\".\"", "bad-id"),
        Set("an id that is the folder above", "/id", "\"..\"", "bad-id"),
        Set("an id of 65", "/id", $"\"{new string('a', 65)}\"", "bad-id"),
        Set("an id that is a script", "/id", "\"<script>alert(1)</script>\"", "bad-id"),
        Set("an id with a line feed after it", "/id", "\"a\\n\"", "bad-id"),
        Set("an id outside ASCII", "/goals/0/id", "\"garten-ü\"", "bad-id"),
        Set("a patient without type", "/patient/reference", "\"eXYZ\"", "bad-reference"),
        Set("a patient that is a practitioner", "/patient/reference", "\"Practitioner/eXYZ\"", "bad-reference"),
        Set("a patient that is a query", "/patient/reference", "\"Patient?name=x\"", "bad-reference"),
        Set("a patient up the tree", "/patient/reference", "\"Patient/../Practitioner\"", "bad-reference"),
        Set("a patient that is a script", "/patient/reference", "\"Patient/<script>\"", "bad-reference"),
        Set("a patient by JavaScript", "/patient/reference", "\"javascript:alert(1)//Patient/1\"", "bad-reference"),
        Set("an author who is a patient", "/author/reference", "\"Patient/eXYZ\"", "bad-reference"),
        Set("an encounter that is a patient", "/visit/encounter/reference", "\"Patient/eXYZ\"", "bad-reference"),
        Set("a recipient that is half a reference", "/messages/0/to/0", "\"Practitioner/\"", "bad-reference"),
        Set("an identifier system with spaces", "/patient/identifier/system", "\"my system\"", "bad-uri"),
        Set("a language that is a sentence", "/language", "\"plain English\"", "bad-language"),
        Set("a content type without a slash", "/attachments/0/contentType", "\"jpeg\"", "bad-content-type"),
        Set("data that is no base64", "/attachments/0/data", "\"not base64!\"", "bad-base64"),
        Set("data without padding", "/attachments/0/data", "\"/9j/4A\"", "bad-base64"),
        Set("an escaped NUL", "/narrative", "\"one\\u0000two\"", "control-character"),
        Set("a bell in a name", "/author/name", "\"Ro\\u0007sa\"", "control-character"),
        Set("an escape character in a deep text", "/goals/0/steps/1/text", "\"\\u001b[31mred\"", "control-character"),
        Set("an insight of 201", "/insights/1/text", Long(201), "too-long"),
    ];

    private static IEnumerable<BadNote> Words =>
    [
        Set("an unknown status", "/visit/status", "\"done\"", "not-in-list"),
        Set("a status in capitals", "/visit/status", "\"Completed\"", "not-in-list"),
        Set("a kind as a number in a string", "/visit/kind", "\"0\"", "not-in-list"),
        Set("an unknown domain", "/concerns/0/domain", "\"hunger\"", "not-in-list"),
        Set("an empty word", "/visit/kind", "\"\"", "not-in-list"),
        Set("an unknown symptom", "/symptoms/0/symptom", "\"ache\"", "not-in-list"),
        Set("an unknown instrument", "/screenings/0/instrument", "\"gad-7\"", "not-in-list"),
        Set("an unknown recipient", "/messages/0/to", "[\"everybody\"]", "not-in-list", "/messages/0/to/0"),
        Set("an unknown recipient of a hold", "/sections/0/hold/for/0", "\"police\"", "not-in-list"),
        Set("an unknown activity", "/time/0/activity", "\"lunch\"", "not-in-list"),
        Set("a FHIR word of another list", "/goals/0/steps/0/status", "\"active\"", "not-in-list"),
    ];

    private static IEnumerable<BadNote> Numbers =>
    [
        Set("a score of 11", "/symptoms/0/score", "11", "out-of-range"),
        Set("a score below zero", "/symptoms/0/score", "-1", "out-of-range"),
        Set("half a score", "/symptoms/0/score", "7.5", "not-whole"),
        Set("minutes below zero", "/time/0/minutes", "-5", "out-of-range"),
        Set("half a minute", "/time/0/minutes", "0.5", "not-whole"),
        Set("miles below zero", "/visit/travel/miles", "-0.1", "out-of-range"),
        Set("a weight below zero", "/vitals/1/value", "-81.2", "out-of-range"),
        Set("priority zero", "/goals/0/priority", "0", "out-of-range"),
        Set("version 2", "/schemaVersion", "2", "unsupported-version"),
        new("1e400 as a weight", 422, () => SomeNote.Swap("81.20", "1e400"), ("/vitals/1/value", "out-of-range")),
        new("1e400 as a score", 422, () => SomeNote.Swap("\"score\": 8", "\"score\": 1e400"), ("/symptoms/0/score", "out-of-range")),
        new("1e400 as an answer", 422, () => SomeNote.Swap("\"answer\": 8", "\"answer\": -1e400"), ("/screenings/1/answers/0/answer", "out-of-range")),
        new("a thousand digits", 422, () => SomeNote.Swap("\"minutes\": 65", $"\"minutes\": {new string('9', 1000)}"), ("/time/0/minutes", "out-of-range")),
    ];

    private static IEnumerable<BadNote> Rules =>
    [
        Set("an end before the start", "/visit/end", "\"2026-11-03T14:04:59-05:00\"", "end-before-start"),
        Set("an end before the start in another offset", "/visit/end", "\"2026-11-03T19:00:00Z\"", "end-before-start"),
        Set("a programme that ends before it starts", "/programme/end", "\"2025\"", "end-before-start"),
        Set("a message to another patient", "/messages/0/to/1", "\"Patient/other\"", "another-patient"),
        Set("a participant who is another patient", "/visit/participants/0/reference", "\"Patient/other\"", "another-patient"),
        Set("a concern owned by another patient", "/concerns/0/owner/reference", "\"Patient/other\"", "another-patient"),
        Set("a referral to another patient", "/referrals/0/organization/reference", "\"https://ehr.example/fhir/Patient/other\"", "another-patient"),
        Set("a hold for another patient", "/sections/0/hold/for/1", "\"Patient/other\"", "another-patient"),
        Set("two goals with one id", "/goals/1/id", "\"garden\"", "duplicate-key"),
        Set("two steps with one id", "/goals/0/steps/1/id", "\"s1\"", "duplicate-key"),
        Set("two concerns with one id", "/concerns/1/id", "\"food\"", "duplicate-key"),
        Set("two referrals with one id", "/referrals/1/id", "\"liheap\"", "duplicate-key"),
        Set("two messages with one id", "/messages/1/id", "\"m1\"", "duplicate-key"),
        Set("two participants with one id", "/visit/participants/1/id", "\"imani\"", "duplicate-key"),
        Set("two attachments with one id", "/attachments/-", "{\"id\": \"a1\", \"contentType\": \"text/plain\", \"data\": \"aGk=\"}", "duplicate-key", "/attachments/1/id"),
        Set("an item that the instrument does not have", "/screenings/0/answers/0/item", "\"93030-5\"", "unknown-item"),
        Set("an item that no instrument has", "/screenings/0/answers/0/item", "\"hungry?\"", "unknown-item"),
        Set("an answer of another item", "/screenings/0/answers/0/answer", "\"LA33-6\"", "unknown-answer"),
        Set("an item that is answered twice", "/screenings/0/answers/1/item", "\"88122-7\"", "answered-twice"),
        Set("two answers where one is asked for", "/screenings/0/answers/0/answer", "[\"LA28397-0\", \"LA6729-3\"]", "too-many-answers"),
        Set("a number that counts for no answer", "/screenings/0/answers/0/answer", "2", "wrong-type"),
        Set("a symptom's score above ten", "/screenings/1/answers/0/answer", "11", "out-of-range"),
        Set("a symptom's score that is no whole number", "/screenings/1/answers/0/answer", "7.5", "wrong-type"),
        Set("a screening that was declined and answered", "/screenings/0/declined", "true", "contradiction"),
        Set("declined beside other answers", "/screenings/3/answers/0/answer/0", "\"declined\"", "contradiction", "/screenings/3/answers/0/answer"),
        Set("a blood pressure of one number", "/vitals/0/value", "142", "not-for-this-kind"),
        Set("a weight with a diastolic", "/vitals/1/diastolic", "91", "not-for-this-kind"),
    ];

    private static IEnumerable<BadNote> Several =>
    [
        new("seven faults at once", 422,
            () => new SomeNote().Remove("/id").Set("/patient/reference", "\"eXYZ\"").Set("/visit/end", "\"2026-11-03T14:00:00-05:00\"").Set("/goals/0/due", "\"2026-02-30\"")
                .Set("/goals/1/steps", "[{\"txt\": \"a\"}]").Set("/symptoms/0/score", "12").Bytes(),
            ("/goals/0/due", "bad-date"), ("/goals/1/steps/0/text", "required"), ("/goals/1/steps/0/txt", "unknown-member"), ("/id", "required"),
            ("/patient/reference", "bad-reference"), ("/symptoms/0/score", "out-of-range"), ("/visit/end", "end-before-start")),
        new("faults of form and of sense in one list", 422,
            () => new SomeNote().Set("/goals/-", "7").Set("/goals/-", "{\"id\": \"garden\", \"text\": \"b\"}").Bytes(),
            ("/goals/2", "wrong-type"), ("/goals/3/id", "duplicate-key")),
        new("three goals with one id", 422,
            () => new SomeNote().Set("/goals/1/id", "\"garden\"").Set("/goals/-", "{\"id\": \"garden\", \"text\": \"b\"}").Bytes(),
            ("/goals/1/id", "duplicate-key"), ("/goals/2/id", "duplicate-key")),
    ];

    private static BadNote Unreadable(string name, string code, string body) => new(name, 400, () => Encoding.UTF8.GetBytes(body), ("", code));

    private static BadNote Raw(string name, string body, params (string, string)[] faults) => new(name, 422, () => Encoding.UTF8.GetBytes(body), faults);

    private static BadNote Set(string name, string pointer, string json, string code, string? at = null) =>
        new(name, 422, () => new SomeNote().Set(pointer, json).Bytes(), (at ?? pointer, code));

    private static BadNote Without(string name, string pointer, Func<SomeNote, SomeNote>? also = null) =>
        new(name, 422, () => (also ?? (note => note))(new SomeNote().Remove(pointer)).Bytes(), (pointer, "required"));

    private static string Long(int characters) => $"\"{new string('x', characters)}\"";
}
