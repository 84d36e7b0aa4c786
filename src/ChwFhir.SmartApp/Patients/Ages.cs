using System.Globalization;

namespace ChwFhir.SmartApp.Patients;

/// <summary>Whole years, where the birth date says its day.</summary>
internal static class Ages
{
    public static int? Of(string born, DateTimeOffset now)
    {
        if (!DateOnly.TryParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth))
            return null;
        var today = DateOnly.FromDateTime(now.Date);
        var years = today.Year - birth.Year;
        return birth.AddYears(years) > today ? years - 1 : years;
    }
}
