using System.Diagnostics;
using System.Text;

namespace ChwFhir.Api.Metrics;

/// <summary>The process itself, under the names that Prometheus dashboards know.</summary>
internal static class ProcessGauges
{
    public static void WriteTo(StringBuilder output)
    {
        using var process = Process.GetCurrentProcess();
        Write(output, "process_cpu_seconds_total", MetricKind.Counter, "Processor time used, user and system.", process.TotalProcessorTime.TotalSeconds);
        Write(output, "process_resident_memory_bytes", MetricKind.Gauge, "Memory resident.", process.WorkingSet64);
        Write(output, "process_start_time_seconds", MetricKind.Gauge, "Start, in seconds since 1970.", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        Write(output, "process_threads", MetricKind.Gauge, "Threads of the system.", process.Threads.Count);
    }

    private static void Write(StringBuilder output, string name, MetricKind kind, string help, double value)
    {
        PrometheusText.WriteHead(output, name, kind, help);
        PrometheusText.WriteSample(output, name, "", value);
    }
}
