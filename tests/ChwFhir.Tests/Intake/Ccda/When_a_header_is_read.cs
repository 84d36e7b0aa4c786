using ChwFhir.Intake;
using ChwFhir.Intake.Ccda;
using ChwFhir.Intake.Summaries;

namespace ChwFhir.Tests.Intake.Ccda;

internal sealed class When_a_header_is_read
{
    private const string Whole = SomeCcda.Patient + """
        <confidentialityCode code="R"/><languageCode code="es-MX"/><setId root="2.16.840.1.113883.19.5" extension="SET"/><versionNumber value="2"/>
        <author><time value="20260410"/><assignedAuthor><id nullFlavor="NI"/><assignedAuthoringDevice><softwareName>Engine</softwareName></assignedAuthoringDevice></assignedAuthor></author>
        <author><time value="20260410"/><assignedAuthor><id root="2.16.840.1.113883.4.6" extension="1234567893"/><telecom value="mailto:a@example.org"/><telecom use="WP" value="tel:(555)555-0100"/>
          <assignedPerson><name><prefix>Dr</prefix><given>Henry</given><family>Seven</family></name></assignedPerson><representedOrganization><name>Good Health</name></representedOrganization></assignedAuthor></author>
        <custodian><assignedCustodian><representedCustodianOrganization><id root="2.16.840.1.113883.19.9"/><name>Good Health</name></representedCustodianOrganization></assignedCustodian></custodian>
        <legalAuthenticator><time value="20260410"/><signatureCode code="S"/><assignedEntity><id root="2.16.840.1.113883.4.6" extension="1"/></assignedEntity></legalAuthenticator>
        <participant typeCode="IND"><associatedEntity classCode="CAREGIVER"><code code="DAU" codeSystem="2.16.840.1.113883.5.111"/><telecom value="tel:555-0101"/><associatedPerson><name>Ana Reyes</name></associatedPerson></associatedEntity></participant>
        <participant typeCode="HLD"><associatedEntity classCode="POLHOLD"><associatedPerson><name>Payer</name></associatedPerson></associatedEntity></participant>
        <relatedDocument typeCode="APND"><parentDocument><id root="2.16.840.1.113883.19.5" extension="P1"/></parentDocument></relatedDocument>
        <relatedDocument typeCode="RPLC"><parentDocument><id root="2.16.840.1.113883.19.5" extension="P2"/></parentDocument></relatedDocument>
        <componentOf><encompassingEncounter><id root="2.16.840.1.113883.19.6" extension="E1"/><code code="AMB" codeSystem="2.16.840.1.113883.5.4" displayName="ambulatory"/>
          <effectiveTime><low value="202604101400"/><high nullFlavor="UNK"/></effectiveTime><responsibleParty><assignedEntity><assignedPerson><name>Dr Seven</name></assignedPerson></assignedEntity></responsibleParty>
          <location><healthCareFacility><location><name>Clinic A</name></location></healthCareFacility></location></encompassingEncounter></componentOf>
        """;

    private readonly SummaryReading.Read read = SomeCcda.Read(SomeCcda.Document(SomeCcda.Section("29299-5", "Sore throat"), Whole));

    [Test]
    public void The_patient_is_who_the_document_says()
    {
        var subject = read.Summary.Subject!;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(subject.Identifiers, Is.EqualTo(new[] { new PersonIdentifier("urn:oid:2.16.840.1.113883.19.5", "MRN-1") }));
        Assert.That((subject.Family, subject.Given, subject.BirthDate), Is.EqualTo(("Reyes", "Adela", "1952-03-12")));
    }

    [Test]
    public void Persons_are_authors_and_devices_are_not()
    {
        var author = read.Summary.Authors.Single();

        Assert.That((author.Name, author.Organization, author.Phone, author.Identifiers.Single()), Is.EqualTo(("Dr Henry Seven", "Good Health", "(555)555-0100", new PersonIdentifier("http://hl7.org/fhir/sid/us-npi", "1234567893"))));
    }

    [Test]
    public void The_document_says_what_it_is()
    {
        var document = read.Summary.Document;

        using var scope = Assert.EnterMultipleScope();
        Assert.That((document.Title, document.Created, document.Confidentiality, document.Language, document.Version, document.IsFinal), Is.EqualTo(("After visit", "2026-04-10T15:30:00-05:00", "R", "es-MX", "2", (bool?)true)));
        Assert.That(document.Type, Is.EqualTo(new DocumentCode("http://loinc.org", "34133-9", null)));
        Assert.That(document.Identifier, Is.EqualTo(new PersonIdentifier("urn:oid:2.16.840.1.113883.19.5.99999.1", "S-1")));
        Assert.That(document.SetIdentifier?.Value, Is.EqualTo("SET"));
        Assert.That((document.Custodian, document.CustodianIdentifiers.Single()), Is.EqualTo(("Good Health", new PersonIdentifier("urn:ietf:rfc:3986", "urn:oid:2.16.840.1.113883.19.9"))));
        Assert.That((document.Relation, document.Earlier?.Value), Is.EqualTo(((DocumentRelation?)DocumentRelation.Replaces, "P2")), "what is replaced comes before what is added to");
        Assert.That(read.Summary.Id, Is.EqualTo("2.16.840.1.113883.19.5.99999.1_S-1"));
    }

    [Test]
    public void The_visit_is_the_encompassing_encounter()
    {
        var visit = read.Summary.Encounter!;

        Assert.That((visit.Start, visit.End, visit.Type, visit.Location, visit.Provider, visit.Reason, visit.Identifiers.Single().Value, visit.Codes.Single().Code),
            Is.EqualTo(("2026-04-10T14:00:00-05:00", (string?)null, "ambulatory", "Clinic A", "Dr Seven", "Sore throat", "E1", "AMB")));
    }

    [Test]
    public void Caregivers_come_with_their_phone_and_payers_do_not() =>
        Assert.That(read.Summary.Caregivers, Is.EqualTo(new[] { new SummaryPerson("Ana Reyes", "daughter", "555-0101") }));

    [Test]
    public void What_the_caller_says_stands_beside_what_the_document_says()
    {
        var call = new SummaryCall(System.Text.Encoding.UTF8.GetBytes(SomeCcda.Document("")), "text/xml; charset=utf-8", "Patient/1", "Encounter/2", "mine-1");

        var summary = ((SummaryReading.Read)CcdaReader.Read(call, new IntakeOptions())).Summary;

        Assert.That((summary.Id, summary.Patient?.Reference, summary.Encounter?.Reference, summary.Document.ContentType), Is.EqualTo(("mine-1", "Patient/1", "Encounter/2", "text/xml")));
    }

    [TestCase("<id root=\"2.16.840.1.113883.19\" extension=\"a b\"/>", "^cda-[0-9a-f]{40}$")]
    [TestCase("<id root=\"DB734647-FC99-424C-A864-7E3CDA82E703\"/>", "^db734647-fc99-424c-a864-7e3cda82e703$")]
    [TestCase("<id nullFlavor=\"UNK\"/>", "^[0-9a-f]{64}$")]
    [TestCase("<id root=\"not an oid\" extension=\"1\"/>", "^[0-9a-f]{64}$")]
    public void Its_id_is_fit_for_one_and_stays_the_same(string id, string pattern)
    {
        var document = SomeCcda.Document("").Replace("<id root=\"2.16.840.1.113883.19.5.99999.1\" extension=\"S-1\"/>", id, StringComparison.Ordinal);

        var first = SomeCcda.Read(document).Summary.Id;
        var again = SomeCcda.Read(document).Summary.Id;

        using var scope = Assert.EnterMultipleScope();
        Assert.That(first, Does.Match(pattern));
        Assert.That(again, Is.EqualTo(first));
    }

    [TestCase("2026", "2026")]
    [TestCase("202604", "2026-04")]
    [TestCase("20260410", "2026-04-10")]
    [TestCase("2026041015", "2026-04-10")]
    [TestCase("202604101530", "2026-04-10T15:30:00-05:00", TestName = "The_documents_offset_is_used_again")]
    [TestCase("20260410000000", "2026-04-10", TestName = "Zeros_without_an_offset_are_a_day")]
    [TestCase("20260410153010+0200", "2026-04-10T15:30:10+02:00")]
    [TestCase("20260410153010.123-0700", "2026-04-10T15:30:10-07:00")]
    [TestCase("202604101530Z", "2026-04-10T15:30:00Z")]
    [TestCase("2026-04-10", "2026-04-10")]
    [TestCase("2026-04-10T15:30:00-04:00", "2026-04-10T15:30:00-04:00")]
    [TestCase("20260431", null)]
    [TestCase("00010101000000", null)]
    [TestCase("20261341", null)]
    [TestCase("soon", null)]
    [TestCase("", null)]
    public void A_time_is_as_precise_as_it_was_written(string written, string? fhir)
    {
        var times = new Times();
        times.ReadDocument("20260410153000-0500");

        Assert.That(times.Fhir(written), Is.EqualTo(fhir));
    }

    [Test]
    public void Without_any_offset_a_time_of_day_is_left_out() => Assert.That(new Times().Fhir("202604101530"), Is.EqualTo("2026-04-10"));

    [Test]
    public void The_only_encounter_of_the_documents_day_is_the_visit_where_the_header_names_none()
    {
        const string Encounter = """<entry><encounter classCode="ENC" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.49"/><id root="2.16.840.1.113883.19.6" extension="E9"/><code code="99213" codeSystem="2.16.840.1.113883.6.12" displayName="Office visit"/><effectiveTime value="{0}"/></encounter></entry>""";

        var ofDay = SomeCcda.Of(SomeCcda.Section("46240-8", "x", Encounter.Replace("{0}", "20260410", StringComparison.Ordinal)));
        var earlier = SomeCcda.Of(SomeCcda.Section("46240-8", "x", Encounter.Replace("{0}", "20250410", StringComparison.Ordinal)));

        using var scope = Assert.EnterMultipleScope();
        Assert.That((ofDay.Encounter?.Type, ofDay.Encounter?.Identifiers.Single().Value), Is.EqualTo(("Office visit", "E9")));
        Assert.That(earlier.Encounter, Is.Null);
    }
}
