-- 1 where a release answered that it does not know, 0 where it gave an answer. Null where no release was asked, and in rows from before.
ALTER TABLE requests ADD COLUMN abstained INTEGER;
