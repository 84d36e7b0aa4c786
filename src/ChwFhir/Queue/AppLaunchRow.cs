namespace ChwFhir.Queue;

/// <summary>A sign-in to the app that is under way.</summary>
/// <param name="StateHash">Of the <c>state</c> that goes to the authorization server and comes back.</param>
/// <param name="BindingHash">Of what the browser that began it holds.</param>
/// <param name="Body">Sealed by the app.</param>
public sealed record AppLaunchRow(string StateHash, string BindingHash, ReadOnlyMemory<byte> Body, DateTimeOffset EndsAt);
