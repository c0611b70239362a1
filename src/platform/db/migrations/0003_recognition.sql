CREATE TABLE "recognition_calls" (
	"event_id" uuid NOT NULL,
	"photo_id" uuid NOT NULL,
	"operation" text NOT NULL,
	"calls" integer NOT NULL,
	"cost_micro_dollars" bigint NOT NULL,
	CONSTRAINT "recognition_calls_event_id_photo_id_operation_pk" PRIMARY KEY("event_id","photo_id","operation")
);
--> statement-breakpoint
CREATE TABLE "recognition_turns" (
	"operation" text PRIMARY KEY NOT NULL,
	"free_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "recognition_calls" ADD CONSTRAINT "recognition_calls_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;