CREATE TABLE "passages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"race_id" uuid,
	"bib" text NOT NULL,
	"checkpoint_id" uuid NOT NULL,
	"lap" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"source" text NOT NULL,
	"precision_ms" integer NOT NULL,
	"imported_at" timestamp with time zone NOT NULL,
	CONSTRAINT "passages_event_runner_place" UNIQUE NULLS NOT DISTINCT("event_id","race_id","bib","checkpoint_id","lap")
);
--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_race_id_races_id_fk" FOREIGN KEY ("race_id") REFERENCES "public"."races"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passages" ADD CONSTRAINT "passages_checkpoint_id_checkpoints_id_fk" FOREIGN KEY ("checkpoint_id") REFERENCES "public"."checkpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passages_event_id_checkpoint_id_at_index" ON "passages" USING btree ("event_id","checkpoint_id","at");--> statement-breakpoint
CREATE INDEX "passages_event_id_bib_index" ON "passages" USING btree ("event_id","bib");