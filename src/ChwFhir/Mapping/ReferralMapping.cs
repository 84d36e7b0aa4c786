using ChwFhir.Fhir.Model;
using ChwFhir.Intake;

namespace ChwFhir.Mapping;

/// <summary>A referral to a community service: ServiceRequest, and the Task of the SDOH Clinical Care closed loop that carries how far it is.</summary>
internal static class ReferralMapping
{
    private const string Organization = "organization";

    internal static void Map(Draft draft)
    {
        for (var i = 0; i < draft.Note.Referrals.Count; i++)
        {
            var referral = draft.Note.Referrals[i];
            var folded = Folding.Fold(referral.Service);
            var key = referral.Id is { } id
                ? ReusedIds.KeyApart(draft, $"referral/{Folding.KeyPart(id)}", folded, $"/referrals/{i}/id", draft.Holds.Of(referral))
                : draft.TakeKey($"referral/{Folding.Hash($"{referral.Service} {referral.Organization?.Name}")}");
            var held = draft.Holds.Of(referral);
            IReadOnlyList<string> leftOut = [.. new[] { referral.SaidStatus is null ? "status" : null, referral.SaidUrgency is null ? "priority" : null }.OfType<string>()];
            var request = draft.AddLongLived(key, Request(draft, referral), held, folded, leftOut);
            draft.Alias(Name(i), request);
            if (referral.Id is not null)
                draft.Alias($"referral/{referral.Id}", request);
            draft.AddLongLived(draft.TakeKey($"{key}/task"), FollowingTask(draft, referral, request), held, leftOut: leftOut);
        }
    }

    /// <summary>Known to the mapping only: the referral at this place of the note.</summary>
    internal static string Name(int index) => $"referrals[{index}]";

    private static ServiceRequest Request(Draft draft, Referral referral)
    {
        CodeTables.Services.TryGetValue(Folding.Fold(referral.Service), out var known);
        var request = new ServiceRequest
        {
            Meta = Concepts.Profile("us-core-servicerequest", OwnProfiles.Referral),
            Status = RequestStatusOf(referral.Status),
            Intent = RequestIntent.Order,
            Priority = CommunicationMapping.Priority(referral.Urgency),
            Code = known?.Code is { } code ? Concepts.Of(Systems.Snomed, code, known.Display, referral.Service) : Concepts.Text(referral.Service),
            Subject = draft.Patient(),
            Encounter = draft.Encounter(),
            AuthoredOn = draft.When,
            Requester = draft.Author(),
        };
        if ((Category(draft, referral) ?? known?.Category) is { } category)
            request.Category.Add(Concepts.Of(Systems.Sdohcc, category));
        if (Performer(request, referral) is { } performer)
            request.Performer.Add(performer);
        if (referral.Text is { } text)
            request.Note.Add(Concepts.Note(text));
        AddReason(draft, request, referral);

        return request;
    }

    private static FhirTask FollowingTask(Draft draft, Referral referral, MappedResource request)
    {
        var task = new FhirTask
        {
            Meta = Concepts.Claims(Systems.SdohccReferralTask, OwnProfiles.ReferralTask),
            Status = TaskStatusOf(referral.Status),
            Intent = FhirTask.TaskIntent.Order,
            Priority = CommunicationMapping.Priority(referral.Urgency),
            Code = Concepts.Of(Systems.TaskCode, "fulfill", "Fulfill the focal request"),
            Focus = new ResourceReference(request.FullUrl),
            For = draft.Patient(),
            Encounter = draft.Encounter(),
            AuthoredOn = draft.When,
            LastModified = draft.When,
            Requester = draft.Author(),
        };
        task.Owner = Performer(task, referral);

        // Two words of FHIR's list are not in the profile's: the nearest one stands, the note's own beside it.
        if (referral.Status is ReferralStatus.Received or ReferralStatus.Ready)
            task.BusinessStatus = Concepts.Text(Words.Of(referral.Status));
        if (referral is { Status: ReferralStatus.Rejected or ReferralStatus.Cancelled or ReferralStatus.Failed or ReferralStatus.OnHold, Text: { } why })
            task.StatusReason = Concepts.Text(why);
        else if (referral.Text is { } text)
            task.Note.Add(new Annotation { Time = draft.When, Text = text });

        return task;
    }

    private static string? Category(Draft draft, Referral referral)
    {
        foreach (var concern in draft.Note.Concerns)
        {
            if (referral.Reason is { } reason && (concern.Id == reason || Words.Of(concern.Domain) == reason))
                return CodeTables.Domains[concern.Domain].Category;
        }

        return null;
    }

    private static ResourceReference? Performer(DomainResource resource, Referral referral)
    {
        if (referral.Organization is not { } organization)
            return null;
        if (organization.Reference is { } reference)
            return new ResourceReference(reference, organization.Name);
        // No Organization is without a name and an identifier.
        if (organization is { Name: null, Identifier: null })
            return organization.Phone is { } alone ? new ResourceReference { Display = $"phone {alone}" } : null;

        var contained = new Organization { Id = Organization, Active = true, Name = organization.Name };
        if (organization.Identifier is { } identifier)
            contained.Identifier.Add(Concepts.Given(identifier.System, identifier.Value));
        if (organization.Phone is { } phone)
            contained.Telecom.Add(new ContactPoint { System = ContactPoint.ContactPointSystem.Phone, Value = phone });
        resource.Contained.Add(contained);

        return new ResourceReference($"#{Organization}", organization.Name);
    }

    private static void AddReason(Draft draft, ServiceRequest request, Referral referral)
    {
        if (referral.Reason is not { } reason)
            return;
        if (ConcernMapping.Reference(draft, reason) is { } concern)
            request.ReasonReference.Add(concern);
        else if (!draft.Holds.IsHeldConcern(reason))
            request.ReasonCode.Add(Concepts.Text(reason));
    }

    private static RequestStatus RequestStatusOf(ReferralStatus status) => status switch
    {
        ReferralStatus.Draft => RequestStatus.Draft,
        ReferralStatus.OnHold => RequestStatus.OnHold,
        ReferralStatus.Rejected or ReferralStatus.Cancelled or ReferralStatus.Failed => RequestStatus.Revoked,
        ReferralStatus.Completed => RequestStatus.Completed,
        ReferralStatus.EnteredInError => RequestStatus.EnteredInError,
        _ => RequestStatus.Active,
    };

    private static FhirTask.TaskStatus TaskStatusOf(ReferralStatus status) => status switch
    {
        ReferralStatus.Draft => FhirTask.TaskStatus.Draft,
        ReferralStatus.Requested or ReferralStatus.Received => FhirTask.TaskStatus.Requested,
        ReferralStatus.Accepted or ReferralStatus.Ready => FhirTask.TaskStatus.Accepted,
        ReferralStatus.Rejected => FhirTask.TaskStatus.Rejected,
        ReferralStatus.Cancelled => FhirTask.TaskStatus.Cancelled,
        ReferralStatus.InProgress => FhirTask.TaskStatus.InProgress,
        ReferralStatus.OnHold => FhirTask.TaskStatus.OnHold,
        ReferralStatus.Failed => FhirTask.TaskStatus.Failed,
        ReferralStatus.Completed => FhirTask.TaskStatus.Completed,
        _ => FhirTask.TaskStatus.EnteredInError,
    };
}
