using ChwFhir.Api.Host;

return await ApiHost.RunAsync(args);
