using ChwFhir.Access;
using ChwFhir.Api.Host;
using ChwFhir.Api.Keys;
using ChwFhir.Delivery;
using ChwFhir.Fhir.Client;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace ChwFhir.Api.Identity;

/// <summary>Who may come in.</summary>
internal static class Door
{
    public static void AddDoor(this WebApplicationBuilder builder)
    {
        List<string> faults = [];
        var inDevelopment = builder.Environment.IsDevelopment();
        if (!inDevelopment && string.IsNullOrWhiteSpace(builder.Configuration["Ehr:BaseUrl"]))
            faults.Add("Ehr__BaseUrl: the FHIR R4 base URL of the EHR is needed outside of Development.");
        var options = DoorOptions.Read(builder.Configuration, inDevelopment, faults);
        faults.AddRange(Addresses.Faults(builder.Configuration));
        faults.AddRange(PublishedKeys.Faults(builder.Configuration));
        if (!inDevelopment)
            faults.AddRange(ProductionRules.Faults(builder.Configuration));
        if (faults.Count > 0)
            throw new ApiStartException(faults);

        builder.Services.AddRoles();
        builder.Services.AddSingleton(new CheckWarnings(inDevelopment ? [] : [.. ProductionRules.Warnings(builder.Configuration)]));
        // What is not said is what the environment says.
        builder.Configuration[$"{AccessOptions.Section}:Panel"] = options.Panel;
        if (options.Mode == DoorOptions.Development)
        {
            builder.Services.AddAuthentication(LoopbackCaller.Name).AddScheme<AuthenticationSchemeOptions, LoopbackCaller>(LoopbackCaller.Name, null);
            return;
        }
        // The keys are where the issuer says, but not in this machine or the house unless the issuer is.
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<OutsideRefusals>((jwt, refusals) =>
            jwt.BackchannelHttpHandler = OutsideHandler.Create([new Uri(options.Authority!)], TimeSpan.FromSeconds(5), why => refusals.Tell("door", why)));
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(jwt =>
        {
            jwt.Authority = options.Authority;
            jwt.Audience = options.Audience;
            jwt.MapInboundClaims = false;
            jwt.RequireHttpsMetadata = !new Uri(options.Authority!).IsLoopback;
            jwt.IncludeErrorDetails = false;
            jwt.TokenValidationParameters.ValidAlgorithms = Tokens.Algorithms;
            jwt.TokenValidationParameters.ClockSkew = Tokens.ClockSkew;
            jwt.TokenValidationParameters.RequireSignedTokens = true;
            jwt.TokenValidationParameters.RequireExpirationTime = true;
            // Whatever is wrong with a token, or with asking its issuer, ends in 401, never in 500.
            jwt.Events = new JwtBearerEvents
            {
                OnTokenValidated = validated =>
                {
                    var claims = validated.HttpContext.RequestServices.GetRequiredService<TokenClaims>();
                    if (validated.Principal is { } token && claims.Read(token, CallerKind.Token) is { } caller)
                        validated.Principal = Tokens.Principal(caller, token);
                    else
                        validated.Fail("The token does not say whose it is.");
                    return Task.CompletedTask;
                },
                OnAuthenticationFailed = failed =>
                {
                    failed.Fail("The token does not hold.");
                    return Task.CompletedTask;
                },
            };
        });
    }
}
