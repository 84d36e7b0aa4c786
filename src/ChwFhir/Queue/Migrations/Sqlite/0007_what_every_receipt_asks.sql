-- The messages of a note, withdrawn ones too: read with every note.
CREATE INDEX message_by_note ON message (note_number) WHERE note_number IS NOT NULL;

-- A patient's visits, the latest first: what they last said of a symptom.
CREATE INDEX note_of_patient_by_visit ON note (ehr_id, patient, visit_at, number);
