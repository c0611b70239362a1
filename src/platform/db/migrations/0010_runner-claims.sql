CREATE TABLE "runner_claims" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"photo_id" uuid NOT NULL,
	"bib" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"checked_with" text,
	"checked_by" text,
	"checked_at" timestamp with time zone,
	"claimed_by" text,
	"order_id" uuid,
	"client_digest" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "photo_colours" (
	"photo_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"colour" text NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "photo_colours_photo_id_colour_pk" PRIMARY KEY("photo_id","colour")
);
--> statement-breakpoint
CREATE TABLE "settled_photos" (
	"photo_id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"act_id" uuid NOT NULL,
	"settled_by" text,
	"settled_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "triage_claims" (
	"photo_id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"seat_id" uuid NOT NULL,
	"held_until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "triage_gain" double precision;--> statement-breakpoint
ALTER TABLE "runner_claims" ADD CONSTRAINT "runner_claims_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runner_claims" ADD CONSTRAINT "runner_claims_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runner_claims" ADD CONSTRAINT "runner_claims_checked_by_users_id_fk" FOREIGN KEY ("checked_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runner_claims" ADD CONSTRAINT "runner_claims_claimed_by_users_id_fk" FOREIGN KEY ("claimed_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runner_claims" ADD CONSTRAINT "runner_claims_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo_colours" ADD CONSTRAINT "photo_colours_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo_colours" ADD CONSTRAINT "photo_colours_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settled_photos" ADD CONSTRAINT "settled_photos_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settled_photos" ADD CONSTRAINT "settled_photos_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "settled_photos" ADD CONSTRAINT "settled_photos_settled_by_users_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triage_claims" ADD CONSTRAINT "triage_claims_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "triage_claims" ADD CONSTRAINT "triage_claims_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "runner_claims_photo_bib_kind" ON "runner_claims" USING btree ("photo_id","bib","kind");--> statement-breakpoint
CREATE INDEX "runner_claims_event_id_state_created_at_index" ON "runner_claims" USING btree ("event_id","state","created_at");--> statement-breakpoint
CREATE INDEX "photo_colours_event_id_colour_index" ON "photo_colours" USING btree ("event_id","colour");--> statement-breakpoint
CREATE INDEX "photo_colours_seen_at_index" ON "photo_colours" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "settled_photos_act_id_index" ON "settled_photos" USING btree ("act_id");--> statement-breakpoint
CREATE INDEX "settled_photos_event_id_settled_by_settled_at_index" ON "settled_photos" USING btree ("event_id","settled_by","settled_at");--> statement-breakpoint
CREATE INDEX "triage_claims_event_id_held_until_index" ON "triage_claims" USING btree ("event_id","held_until");--> statement-breakpoint
CREATE INDEX "tag_decisions_act_id_index" ON "tag_decisions" USING btree ("act_id");--> statement-breakpoint
CREATE INDEX "photos_lost" ON "photos" USING btree ("event_id","sort_at","id") WHERE "photos"."bibs" = '{}';--> statement-breakpoint
CREATE INDEX "photos_triage" ON "photos" USING btree ("event_id","triage_gain","id") WHERE "photos"."triage_gain" is not null;--> statement-breakpoint
CREATE INDEX "start_list_entries_words" ON "start_list_entries" USING gin (string_to_array("name_search", ' '));