using ChwFhir.Chart;
using ChwFhir.SmartApp.Chart;
using ChwFhir.SmartApp.Sessions;

namespace ChwFhir.SmartApp.Messages;

/// <summary>What the medicines of a patient are called, for whoever writes to a CHW: each of those names may be advice. A chart that is slow holds no message up.</summary>
internal sealed class TheirMedicines(Charts charts, UserChart user, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <param name="patient"><c>Patient/x</c>, whose message this session may read.</param>
    public async Task<IReadOnlyList<string>> OfAsync(OpenSession session, string patient)
    {
        if (!patient.StartsWith("Patient/", StringComparison.Ordinal))
            return [];
        var names = MedicinesInChart.NamesAsync(charts.Open(user.By(session), patient));
        await Task.WhenAny(names, Task.Delay(Patience, clock));
        return names.IsCompletedSuccessfully ? names.Result : [];
    }
}
