using ChwFhir.Access;
using ChwFhir.CareTeam;
using ChwFhir.Queue;

namespace ChwFhir.Tests.CareTeam;

internal sealed class When_a_concern_is_confirmed_or_set_aside
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_last_word_counts_and_those_before_it_stay()
    {
        var standing = new ConcernStanding([Word("food", "confirmed", "a"), Word("food", "set-aside", "b"), Word("rides", "set-aside", "a"), Word("rides", "confirmed", "b")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(standing.SetAside, Is.EqualTo(new[] { "food" }));
            Assert.That((standing.Of("rides")?.Word, standing.Of("bills"), standing.Words.Count), Is.EqualTo(("confirmed", (ConcernWordRow?)null, 4)));
        }
    }

    [Test]
    public void Who_has_it_and_what_it_is_are_words_of_their_own()
    {
        var standing = new ConcernStanding([Word("food", "taken", "sam"), Word("food", "confirmed", "doc"), Word("rides", "taken", "sam"), Word("rides", "given-back", "sam")]);

        Assert.That((standing.OwnerOf("food")?.By, standing.Of("food")?.By, standing.OwnerOf("rides")), Is.EqualTo(("sam", "doc", (ConcernWordRow?)null)));
    }

    [TestCase(Role.Clinician, true, true), TestCase(Role.Nurse, false, true), TestCase(Role.SocialWorker, false, true), TestCase(Role.Chw, false, false), TestCase(Role.Supervisor, false, false)]
    public void Whether_it_is_so_is_for_clinicians_to_say(Role role, bool mayConfirm, bool mayTake)
    {
        var caller = new Caller("s", "Somebody", new HashSet<Role> { role }, null, CallerKind.OidcSession, null);

        Assert.That((ConcernDesk.May(caller, ConcernDesk.Confirmed), ConcernDesk.May(caller, ConcernDesk.SetAside), ConcernDesk.May(caller, ConcernDesk.Taken), ConcernDesk.May(caller, "deleted")), Is.EqualTo((mayConfirm, mayConfirm, mayTake, false)));
    }

    private static ConcernWordRow Word(string concern, string word, string by) => new(concern, word, null, by, by, "clinician", Now);
}
