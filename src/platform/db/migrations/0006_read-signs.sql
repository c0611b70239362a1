ALTER TABLE "bib_reads" ADD COLUMN "plain" jsonb;--> statement-breakpoint
ALTER TABLE "bib_reads" ADD COLUMN "signs" jsonb;