namespace ChwFhir.SmartApp.WriteVisit;

/// <summary>One thing that the form asks, or several that stand together. Its name is the end of its field's name, its label the key of its words.</summary>
public abstract record FormItem(string Name, string Label)
{
    /// <summary>Known from before where its row is: shown, not to be answered again.</summary>
    public bool Fact { get; init; }

    /// <summary>Read only where its row is known from before.</summary>
    public bool Fixed { get; init; }

    /// <summary>One line.</summary>
    public sealed record Line(string Name, string Label, string Type = "text", int? Longest = null) : FormItem(Name, Label);

    /// <summary>Many lines.</summary>
    public sealed record Box(string Name, string Label, int Height = 3) : FormItem(Name, Label);

    /// <summary>One of a list.</summary>
    /// <param name="Words">The words of a code are under <c>{Words}.{code}</c>.</param>
    /// <param name="First">What stands there where nobody chose.</param>
    /// <param name="None">What nothing is called.</param>
    /// <param name="Spread">All of them are seen; else the list unfolds.</param>
    public sealed record Choice(string Name, string Label, IReadOnlyList<string> Codes, string Words, bool Spread = false, string? First = null, string? None = null) : FormItem(Name, Label)
    {
        /// <summary>Key of what nothing is called here.</summary>
        public string Nothing => None ?? (Spread ? "form.no-answer" : "form.choose");
    }

    public sealed record Tick(string Name, string Label) : FormItem(Name, Label);

    /// <summary>0 to 10, with words at the ends under <c>{Label}.0</c> and <c>{Label}.10</c>.</summary>
    public sealed record Scale(string Name, string Label) : FormItem(Name, Label);

    /// <summary>Carried along, not seen.</summary>
    public sealed record Carried(string Name) : FormItem(Name, "");

    /// <summary>Carried along and to be read: the steps of a goal that are over.</summary>
    public sealed record Past(string Name, string Label) : FormItem(Name, Label);

    /// <summary>As many as there are.</summary>
    /// <param name="AtFirst">Empty ones in a new form.</param>
    /// <param name="OnlyKnown">Nobody adds one.</param>
    public sealed record Rows(string Name, string Label, IReadOnlyList<FormItem> Items, int AtFirst = 0, bool OnlyKnown = false) : FormItem(Name, Label)
    {
        /// <summary>Whether somebody has answered something in this row: <c>needs.0</c>.</summary>
        public bool IsAnswered(string row, FormFields form) => FormSection.IsAnswered(Items, row + ".", form);
    }

    /// <summary>Together under a heading, the fields' names unchanged.</summary>
    /// <param name="Folded">Opened by who needs it.</param>
    /// <param name="Of">Key of what it is about, where its words name that.</param>
    /// <param name="Row">What its fields' names begin with, where they make one thing that something may be said about: <c>screening.phq-2</c>.</param>
    public sealed record Group(string Label, IReadOnlyList<FormItem> Items, bool Folded = false, string? Of = null, string? Row = null) : FormItem("", Label);
}
