-- How often an engagement was asked to be looked at: a look that began before the last ring must not silence it.
ALTER TABLE seen ADD COLUMN rung INTEGER NOT NULL DEFAULT 0;

-- When the result was last written before this run began: what is there later tells how a run ended whose worker died.
ALTER TABLE scan ADD COLUMN result_before TEXT;
