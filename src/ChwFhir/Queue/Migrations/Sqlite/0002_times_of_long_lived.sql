-- Which visit last spoke of which element: long-lived resources are merged element by element, by the time of the visit.
ALTER TABLE long_lived ADD COLUMN times TEXT;
