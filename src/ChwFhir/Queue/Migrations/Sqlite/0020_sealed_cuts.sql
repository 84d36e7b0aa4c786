-- Up to which record, with what hash and when the service cut the chain, sealed: a cut that somebody else puts there is none.
ALTER TABLE audit_cut ADD COLUMN said TEXT;
