-- Doubtful photos of before have no gain until they are weighed again: they wait after all others that are doubtful.
UPDATE "photos" SET "triage_gain" = 1 WHERE "doubtful" AND "triage_gain" IS NULL;
