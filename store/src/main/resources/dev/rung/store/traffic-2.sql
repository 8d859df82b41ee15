-- What a provider's prompt cache saved, less what writing to it cost: in millionths of a millionth of a dollar, below 0 where it cost more. Null where no
-- cache was used, or no price is known.
ALTER TABLE requests ADD COLUMN cache_saved INTEGER;
