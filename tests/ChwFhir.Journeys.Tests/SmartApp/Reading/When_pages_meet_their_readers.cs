using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using ChwFhir.Journeys.Delivery;

namespace ChwFhir.Journeys.SmartApp.Reading;

/// <summary>What readers of every role and language find on the pages, through the real launch, as the pages are sent: before any script or style.</summary>
internal sealed class When_pages_meet_their_readers
{
    private AppTown town = null!;
    private VisitorBook book = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        town = await AppTown.StartAsync();
        book = new VisitorBook(town);
        await town.LiveAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (town is not null)
            await town.DisposeAsync();
    }

    [Test]
    public async Task A_red_flag_speaks_the_language_of_the_page_and_the_CHWs_own_words_stay()
    {
        var words = PageReader.Words(await OpenAsync(Who.Clinician, "", language: "es"));

        Assert.That(words, Does.Contain("Una caída: se comunicó en la visita").And.Contain("Dolor 8 de 10: 7 o más, más de lo tolerable (5), la trabajadora comunitaria pide que lo vea personal clínico")
            .And.Contain("Slipped on the back step on Sunday").And.Not.Contain("7 or more").And.Not.Contain("reported"));
    }

    [TestCase("en", "Red flag at the visit of 2026-11-03: Fall: reported."), TestCase("es", "Señal de alarma en la visita del mar 3 nov: Una caída: se comunicó en la visita.")]
    public async Task An_alert_that_the_rules_wrote_speaks_it_too(string language, string said)
    {
        const string patient = "evelyn-h";
        await TellAsync(patient, note => note["symptoms"] = new JsonArray(new JsonObject { ["symptom"] = "fall", ["reportedBy"] = "patient" }));

        var words = PageReader.Words(await OpenAsync(Who.Clinician, "/messages", patient, language));

        Assert.That(words, Does.Contain(said));
    }

    [Test]
    public async Task Markdown_is_read_as_it_was_meant_and_nothing_of_it_loads_or_leads_away()
    {
        const string patient = "lucia-v";
        var id = await TellAsync(patient, note => note["narrative"] = """
            ### The kitchen

            There is **no** milk. <img src="https://tracker.example/a.png"><script>alert(1)</script>

            - bread
            - two onions

            ![a picture](https://tracker.example/b.png) and [a link](javascript:alert(1))
            """);

        var page = await OpenAsync(Who.Clinician, $"/visits/{id}", patient);

        using (Assert.EnterMultipleScope())
        {
            var prose = page.QuerySelector(".note-part .prose")!;
            Assert.That(prose.QuerySelector("strong")?.TextContent, Is.EqualTo("no"));
            Assert.That(prose.QuerySelectorAll("li").Select(item => item.TextContent), Is.EqualTo(new[] { "bread", "two onions" }));
            Assert.That(prose.QuerySelectorAll("img, a, script, iframe"), Is.Empty);
            Assert.That(prose.QuerySelector("h3")?.TextContent, Is.EqualTo("The kitchen"), "the headings of a page go down by one");
            Assert.That(PageReader.Words(prose), Does.Contain("<img src=\"https://tracker.example/a.png\">").And.Contain("javascript:alert(1)"), "nothing that was written is lost");
            Assert.That(page.QuerySelectorAll("details").Select(PageReader.Words), Has.Some.Contains("### The kitchen There is **no** milk."));
        }
    }

    [TestCase("en", "The chart has not been asked about this patient yet."), TestCase("es", "Todavía no se ha consultado el expediente de este paciente.")]
    public async Task What_is_not_shown_of_a_note_while_its_patient_is_not_looked_up_is_said(string language, string said)
    {
        const string patient = "lucia-v";
        await town.Town.TurnAsync("pause");
        var note = Some.Note($"Patient/{patient}");
        note["narrative"] = "We talked on the porch.";
        using var answer = await town.Town.PostNoteAsync(note.ToJsonString());
        var early = PageReader.Words(await OpenAsync(Who.Clinician, $"/visits/{note["id"]}", patient, language));
        var writers = PageReader.Words(await OpenAsync(Who.Chw, $"/visits/{note["id"]}", patient, language));
        await town.Town.TurnAsync("resume");
        await town.Town.SettledAsync((string)note["id"]!);

        var settled = PageReader.Words(await OpenAsync(Who.Clinician, $"/visits/{note["id"]}", patient, language));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Does.Contain(said).And.Not.Contain("porch"), "nobody knows yet whether she is a child");
            Assert.That(writers, Does.Contain("porch").And.Not.Contain(said), "from who wrote it nothing of it is kept");
            Assert.That(settled, Does.Contain("porch").And.Not.Contain(said));
        }
    }

    [TestCase("en", "An amendment of this note has come in and waits to be sent."), TestCase("es", "Llegó una corrección de esta nota y está en espera de envío.")]
    public async Task An_amendment_that_waits_is_said_above_what_the_note_said_before(string language, string said)
    {
        const string patient = "lucia-v";
        var note = Some.Note($"Patient/{patient}", narrative: "We talked on the porch.");
        using var answer = await town.Town.PostNoteAsync(note.ToJsonString());
        var id = (string)note["id"]!;
        await town.Town.SettledAsync(id);
        await town.Town.TurnAsync("pause");
        note["narrative"] = "We talked on the porch.\n\nHer sister came.";
        await AmendAsync(id, note);

        var waiting = PageReader.Words(await OpenAsync(Who.Clinician, $"/visits/{id}", patient, language));
        await town.Town.TurnAsync("resume");
        await town.Town.SettledAsync(id);
        var settled = PageReader.Words(await OpenAsync(Who.Clinician, $"/visits/{id}", patient, language));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waiting, Does.Contain("porch").And.Contain(said).And.Not.Contain("Her sister came"));
            Assert.That(settled, Does.Contain("porch").And.Contain("Her sister came").And.Not.Contain(said));
        }
    }

    [Test]
    public async Task A_plain_note_has_no_second_copy_of_itself()
    {
        var id = await TellAsync("jaylen-p", note => note["narrative"] = "Talked at the kitchen table.\n\nShe laughed - twice.");

        Assert.That(PageReader.Words(await OpenAsync(Who.Clinician, $"/visits/{id}", "jaylen-p")), Does.Not.Contain("As it was typed"));
    }

    [TestCase("/visit/new", Who.Clinician, 403, "You do not write visits here", "en"), TestCase("/visit/new", Who.Clinician, 403, "Usted no escribe visitas aquí", "es")]
    [TestCase("/visits/no-such-note", Who.Clinician, 404, "There is no such page", "en"), TestCase("/nothing/of/it", Who.Nurse, 404, "No existe esa página", "es")]
    [TestCase("/seen/1", Who.Clinician, 404, "There is no such page", "en")]
    public async Task What_is_refused_is_said_on_a_page_of_the_patient_with_the_way_back(string path, Who who, int status, string title, string language)
    {
        using var reader = new PageReader(await book.OfAsync(who, AppTown.Full), language);

        var (answered, page) = await reader.ReadAsync($"/patients/{AppTown.Full}{path}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)answered, Is.EqualTo(status));
            Assert.That(page.DocumentElement.GetAttribute("lang"), Is.EqualTo(language));
            Assert.That(page.QuerySelector("h1")?.TextContent, Is.EqualTo(title));
            Assert.That(PageReader.Words(page), Does.Contain(language == "en" ? "Nothing was changed." : "No se cambió nada."), "what is safe");
            Assert.That(page.QuerySelector(".mast, .tabs"), Is.Not.Null);
            Assert.That(page.QuerySelector(".banner")?.TextContent, Does.Contain("Rosa Maldonado"));
            Assert.That(page.QuerySelector("main a.button")?.GetAttribute("href"), Does.EndWith($"/patients/{AppTown.Full}"));
        }
    }

    [TestCase("/nothing", 404), TestCase("/patients/walter-b", 404), TestCase("/language", 404)]
    public async Task What_is_of_no_patient_of_theirs_leads_back_to_the_first_page(string path, int status)
    {
        var visitor = await book.OfAsync(Who.Clinician, AppTown.Full);
        using var reader = new PageReader(visitor);

        var (answered, page) = await reader.ReadAsync(path);

        Assert.That((int)answered, Is.EqualTo(status));
        Assert.That(page.QuerySelector(".mast"), Is.Not.Null);
        Assert.That(page.QuerySelector("main a.button")?.GetAttribute("href"), Is.EqualTo(visitor.Session));
        Assert.That(page.QuerySelector(".banner"), Is.Null, "of another patient not even whether there is one");
    }

    [Test]
    public async Task A_session_that_is_over_leads_to_the_door()
    {
        using var reader = new PageReader(await book.OfAsync(Who.Clinician, AppTown.Full) with { Secret = "another" }, "es");

        var (answered, page) = await reader.ReadAsync($"/patients/{AppTown.Full}");

        Assert.That(answered, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(PageReader.Words(page), Does.Contain("Nada de lo enviado se pierde."));
        Assert.That(page.QuerySelector("main a.button")?.GetAttribute("href"), Is.EqualTo("/smart/standalone"));
    }

    [Test]
    public async Task A_form_that_another_site_posts_is_refused_on_a_page_of_the_app()
    {
        var visitor = await book.OfAsync(Who.Clinician, AppTown.Full);
        using var reader = new PageReader(visitor);

        var (answered, page) = await reader.ReadAsync("/language", request =>
        {
            request.Method = HttpMethod.Post;
            request.Content = new FormUrlEncodedContent([new("language", "es"), new("t", "another")]);
        });

        Assert.That(answered, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(page.QuerySelector("main a.button")?.GetAttribute("href"), Is.EqualTo(visitor.Session));
    }

    [Test]
    public async Task A_message_that_is_not_urgent_is_on_the_first_page_with_who_when_and_its_words()
    {
        const string patient = "george-t";
        await TellAsync(patient, note => note["messages"] = new JsonArray(new JsonObject { ["id"] = "m1", ["to"] = new JsonArray("care-team"), ["urgency"] = "routine", ["text"] = "He would like a large-print list." }));

        var page = await OpenAsync(Who.Nurse, "", patient);

        var section = page.QuerySelector("section[aria-labelledby=know-messages]")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(section.QuerySelector("h2")?.TextContent, Is.EqualTo("Messages"), "none of them is urgent");
            Assert.That(PageReader.Words(section), Does.Contain("He would like a large-print list.").And.Contain("Dolores Whitfield"));
            Assert.That(section.QuerySelectorAll(".acts a, .acts button").Select(one => one.TextContent), Is.EqualTo(new[] { "Answer", "Seen" }));
        }
    }

    [Test]
    public async Task A_note_dated_in_the_future_is_shown_with_its_flags_and_says_so()
    {
        const string patient = "anna-larsen";
        await TellAsync(patient, note =>
        {
            note["visit"]!["start"] = "2126-11-03T14:05:00-05:00";
            note["visit"]!.AsObject().Remove("end");
            note["symptoms"] = new JsonArray(new JsonObject { ["symptom"] = "fall", ["reportedBy"] = "patient" });
            note["insights"] = new JsonArray(new JsonObject { ["text"] = "Her son is back." });
        });

        var page = await OpenAsync(Who.Clinician, "", patient);

        Assert.That(PageReader.Words(page), Does.Contain("A fall: reported").And.Contain("Her son is back."));
        Assert.That(page.QuerySelectorAll(".chip.warn").Select(chip => chip.TextContent), Has.Some.EqualTo("dated in the future"));
        Assert.That(PageReader.Words(await OpenAsync(Who.Clinician, "/visits", patient)), Does.Contain("dated in the future"));
    }

    [Test]
    public async Task What_is_over_offers_nothing_and_of_many_needs_the_open_ones_are_read_first()
    {
        const string patient = "marion-o";
        await TellAsync(patient, note => note["concerns"] = new JsonArray(
        [
            .. Enumerable.Range(1, 60).Select(at => (JsonNode)new JsonObject { ["id"] = $"open-{at}", ["domain"] = "other", ["text"] = $"Open need {at}" }),
            .. Enumerable.Range(1, 40).Select(at => (JsonNode)new JsonObject { ["id"] = $"past-{at}", ["domain"] = "other", ["text"] = $"Past need {at}", ["status"] = "resolved" }),
        ]));

        var page = await OpenAsync(Who.Clinician, "/plan", patient);

        var past = page.QuerySelector("details.past-needs")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(page.QuerySelectorAll(".need"), Has.Length.EqualTo(100), "nothing is hidden");
            Assert.That(page.QuerySelectorAll("section[aria-labelledby=needs] > ul .need"), Has.Length.EqualTo(10));
            Assert.That(PageReader.Words(page.QuerySelector("details.more-needs > summary")), Is.EqualTo("50 more open needs"));
            Assert.That(PageReader.Words(past.QuerySelector("summary")), Is.EqualTo("40 that are over or set aside"));
            Assert.That(past.QuerySelectorAll("button"), Is.Empty, "nobody confirms what is over, or takes it on");
            Assert.That(page.QuerySelectorAll("section[aria-labelledby=needs] > ul .need button"), Is.Not.Empty);
        }
    }

    [TestCase(Who.Supervisor, false), TestCase(Who.SocialWorker, true)]
    public async Task Only_who_works_with_the_patient_is_introduced_to_the_CHW(Who who, bool introduced) =>
        Assert.That((await OpenAsync(who, "")).QuerySelector(".intro"), introduced ? Is.Not.Null : Is.Null);

    [Test]
    public async Task Who_has_died_is_not_called_and_has_no_next_visit()
    {
        const string patient = "harold-k";
        await TellAsync(patient, note =>
        {
            note["author"]!["phone"] = "555-0131";
            note["visit"]!["start"] = "2026-10-20T14:05:00-04:00";
            note["visit"]!["end"] = "2026-10-20T15:05:00-04:00";
            note["followUp"] = new JsonObject { ["nextVisit"] = "2026-12-08" };
        });

        var first = await OpenAsync(Who.Clinician, "?wait", patient);
        var before = await OpenAsync(Who.Chw, "?wait", patient);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PageReader.Words(first.QuerySelector(".banner .died")), Is.EqualTo("Died 29 Oct 2026"));
            Assert.That(first.QuerySelectorAll(".banner a").Select(link => link.GetAttribute("href")), Has.None.StartsWith("tel:"));
            Assert.That(before.QuerySelectorAll("#part-before-person a.phone"), Is.Empty);
            Assert.That(PageReader.Words(before.QuerySelector("#part-before-coming")), Does.Contain("No visit is planned.").And.Not.Contain("8 Dec"));
        }
    }

    [Test]
    public async Task In_the_list_of_patients_who_has_died_stands_last_with_the_day()
    {
        await TellAsync("harold-k", note => note["followUp"] = new JsonObject { ["nextVisit"] = "2026-12-08" });
        using var reader = new PageReader(await book.OfAsync(Who.ChwSignedIn, "harold-k"));

        var (_, page) = await reader.ReadAsync("/patients");

        var last = PageReader.Words(page.QuerySelectorAll(".panel > li")[^1]);
        Assert.That(last, Does.Contain("Died 29 Oct 2026").And.Not.Contain("8 Dec"));
    }

    [TestCase("en", "Temperature 98.2 °F", "Oxygen saturation 96%", "Picture"), TestCase("es", "Temperatura 98.2 °F", "Saturación de oxígeno 96 %", "Imagen")]
    public async Task What_was_measured_and_what_is_attached_is_said_in_words(string language, string temperature, string oxygen, string picture)
    {
        var visits = await OpenAsync(Who.Clinician, "/visits", language: language);
        var note = visits.QuerySelector(".timeline a")!.GetAttribute("href")!;
        using var reader = new PageReader(await book.OfAsync(Who.Clinician, AppTown.Full), language);

        var (_, page) = await reader.ReadAsync(note[note.IndexOf("/patients/", StringComparison.Ordinal)..]);

        Assert.That(PageReader.Words(page.QuerySelector(".note-paper")), Does.Contain(temperature).And.Contain(oxygen).And.Contain(picture).And.Not.Contain("image/png"));
    }

    private async Task<string> TellAsync(string patient, Action<JsonObject> with)
    {
        var note = Some.Note($"Patient/{patient}");
        with(note);
        using var answer = await town.Town.PostNoteAsync(note.ToJsonString());
        Assert.That((int)answer.StatusCode, Is.InRange(200, 202), await answer.Content.ReadAsStringAsync());
        var id = (string)note["id"]!;
        await town.Town.SettledAsync(id);
        return id;
    }

    private async Task AmendAsync(string id, JsonObject note)
    {
        using var seen = await town.Town.Http.GetAsync($"/api/v1/visit-notes/{id}");
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/visit-notes/{id}") { Content = new StringContent(note.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", seen.Headers.ETag!.ToString());
        using var answer = await town.Town.Http.SendAsync(request);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await answer.Content.ReadAsStringAsync());
    }

    private async Task<IHtmlDocument> OpenAsync(Who who, string path, string patient = AppTown.Full, string language = "en")
    {
        using var reader = new PageReader(await book.OfAsync(who, patient), language);
        var (status, page) = await reader.ReadAsync($"/patients/{patient}{path}");
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), PageReader.Words(page));
        return page;
    }
}
