CREATE TABLE "event_trust" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"timing" double precision NOT NULL,
	"neighbour" double precision NOT NULL,
	"clothing" double precision NOT NULL,
	"learnt_from" integer NOT NULL,
	"learnt_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "event_trust" ADD CONSTRAINT "event_trust_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;