namespace ChwFhir.Mapping;

/// <summary>Which message carries which red flag: one that names the part, else one added. At most one alert a note, and one more for what must not reach the chart.</summary>
internal sealed class Alerts
{
    private readonly Dictionary<int, List<RedFlag>> _byMessage = [];

    /// <summary>Flags that no message carries.</summary>
    internal List<RedFlag> Open { get; } = [];

    /// <summary>Held flags that no held message carries.</summary>
    internal List<RedFlag> Held { get; } = [];

    internal static Alerts Of(Draft draft, List<RedFlag> flags)
    {
        var alerts = new Alerts();
        foreach (var flag in flags)
        {
            var carrier = Carrier(draft, flag);
            if (carrier >= 0)
                alerts.Give(carrier, flag);
            else
                (flag.Held ? alerts.Held : alerts.Open).Add(flag);
        }

        alerts.JoinClinicalAlert(draft);

        return alerts;
    }

    internal IReadOnlyList<RedFlag> CarriedBy(int message) => _byMessage.TryGetValue(message, out var flags) ? flags : [];

    private static int Carrier(Draft draft, RedFlag flag)
    {
        var messages = draft.Note.Messages;
        for (var i = 0; i < messages.Count; i++)
        {
            if (flag.IsNamedBy(messages[i]) && draft.Holds.Of(messages[i]) == flag.Held)
                return i;
        }

        return -1;
    }

    /// <summary>What is left over joins the alert that clinicians get anyway, so that they read one and not two.</summary>
    private void JoinClinicalAlert(Draft draft)
    {
        var clinical = _byMessage.Keys.Where(i => !draft.Holds.Of(draft.Note.Messages[i]) && draft.Note.Messages[i].To.Any(to => CodeTables.Wording.Clinicians.Contains(to))).Order().ToList();
        if (clinical.Count == 0)
            return;

        foreach (var flag in Open)
            Give(clinical[0], flag);
        Open.Clear();
    }

    private void Give(int message, RedFlag flag)
    {
        if (!_byMessage.TryGetValue(message, out var flags))
            _byMessage[message] = flags = [];
        flags.Add(flag);
    }
}
