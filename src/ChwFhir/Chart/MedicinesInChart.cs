using ChwFhir.Fhir.Model;

namespace ChwFhir.Chart;

/// <summary>What the medicines of a chart are called, also of those that are over: advice may be to go back to one. Read with the reader's own eyes.</summary>
public static class MedicinesInChart
{
    /// <summary>In the chart's words; what could not be read is missing.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(ChartReading chart)
    {
        var (requests, statements) = (chart.SearchAsync<MedicationRequest>(ChartQuestions.MedicationRequests), chart.SearchAsync<MedicationStatement>(ChartQuestions.MedicationStatements));
        var (ordered, told) = (await requests, await statements);
        var reader = new MedicineReader(chart, PlainWords.Default);
        var medicines = await Task.WhenAll(ordered.Items.Select(reader.OfAsync).Concat(told.Items.Select(reader.OfAsync)));
        return [.. medicines.OfType<Medicine>().Select(medicine => medicine.Text).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
