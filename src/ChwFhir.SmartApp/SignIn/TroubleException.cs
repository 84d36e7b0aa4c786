namespace ChwFhir.SmartApp.SignIn;

/// <summary>A sign-in ends here; the page says why. Never carries what came from outside.</summary>
internal sealed class TroubleException(Trouble trouble) : Exception(trouble.ToString())
{
    public Trouble Trouble { get; } = trouble;

    /// <summary>Somebody may have tried to get in by a trick: it goes to the audit log as an attack.</summary>
    public bool LooksLikeAnAttack => Trouble is Trouble.UnlistedIssuer or Trouble.Unknown or Trouble.NotFromHere or Trouble.OtherIssuer or Trouble.BadIdToken;
}
