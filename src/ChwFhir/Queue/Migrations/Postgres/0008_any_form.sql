-- What a caller said of the bytes beside them: null means application/json, and nothing more was said.
ALTER TABLE note_input ADD COLUMN media_type TEXT;
ALTER TABLE note_input ADD COLUMN headers TEXT;
ALTER TABLE note_version ADD COLUMN media_type TEXT;
ALTER TABLE note_version ADD COLUMN headers TEXT;
