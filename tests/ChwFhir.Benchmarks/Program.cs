using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(ChwFhir.Benchmarks.QueueBenchmarks).Assembly).Run(args);
