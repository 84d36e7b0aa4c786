namespace ChwFhir.Chart;


/// <summary>Who somebody is and how they like to be called.</summary>
/// <param name="Name">The official name.</param>
/// <param name="Called">A usual name or nickname, where the chart has one that differs.</param>
/// <param name="Gender">FHIR's administrative gender.</param>
/// <param name="BirthDate">May be partial.</param>
/// <param name="Age">Whole years; null where the birth date does not say its day, or the person has died.</param>
/// <param name="Died">The date where the chart has it, <c>true</c> where it says no more.</param>
public sealed record PersonFacts(
    string? Name, string? Called, string? Pronouns, string? GenderIdentity, string? Gender, string? BirthDate, int? Age, string? Died,
    IReadOnlyList<SpokenLanguage> Languages, InterpreterNeed? Interpreter, IReadOnlyList<Phone> Phones, IReadOnlyList<Place> Addresses, FactSource Source);
