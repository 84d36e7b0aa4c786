namespace ChwFhir.Journeys.Imports;

/// <summary>A message of an engine about Walter Bailey.</summary>
internal static class SomeMessage
{
    public static string Of(string document, string trigger = "T02") =>
        $"MSH|^~\\&|EPIC|GHH|CHW|HOME|20261103154000-0500||MDM^{trigger}^MDM_{trigger}|{document}|P|2.5.1\rPID|1||100472^^^&2.16.840.1.113883.19.5.90.1&ISO^MR||Bailey^Walter||19550119\rTXA|1|DS|TX|||||||||{document}||||||AU\rOBX|1|TX|||Diet: low salt||||||F\r";
}
