using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/ChwFhir.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
