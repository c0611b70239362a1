CREATE TABLE "camera_clocks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"camera_key" text NOT NULL,
	"label" text NOT NULL,
	"offset_ms" integer,
	"drift_ppm" double precision DEFAULT 0 NOT NULL,
	"drift_from" timestamp (3) with time zone,
	"method" text,
	"same_as_key" text,
	"confidence" double precision,
	"spread_ms" integer,
	"residuals" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"stays" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"decided_by" text,
	"solved_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "camera_clocks_event_camera" UNIQUE("event_id","camera_key")
);
--> statement-breakpoint
CREATE TABLE "clothing_sightings" (
	"photo_id" uuid NOT NULL,
	"bib" text NOT NULL,
	"event_id" uuid NOT NULL,
	"clothing" jsonb NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "clothing_sightings_photo_id_bib_pk" PRIMARY KEY("photo_id","bib")
);
--> statement-breakpoint
CREATE TABLE "photos_to_weigh" (
	"photo_id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"asked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tag_decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"act_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"photo_id" uuid NOT NULL,
	"bib" text NOT NULL,
	"decision" text NOT NULL,
	"before" text,
	"decided_by" text,
	"decided_at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "expected_passages" (
	"event_id" uuid NOT NULL,
	"place_id" uuid NOT NULL,
	"race_id" uuid,
	"bib" text NOT NULL,
	"lap" integer NOT NULL,
	"expected_at" timestamp (3) with time zone NOT NULL,
	"spread_ms" integer NOT NULL,
	CONSTRAINT "expected_passages_place_runner" UNIQUE NULLS NOT DISTINCT("place_id","race_id","bib","lap")
);
--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "camera_key" text;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "perceptual_hash" text;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "stack_id" uuid;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "leads_stack" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "camera_clocks" ADD CONSTRAINT "camera_clocks_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "camera_clocks" ADD CONSTRAINT "camera_clocks_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "camera_clocks" ADD CONSTRAINT "camera_clocks_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clothing_sightings" ADD CONSTRAINT "clothing_sightings_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clothing_sightings" ADD CONSTRAINT "clothing_sightings_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos_to_weigh" ADD CONSTRAINT "photos_to_weigh_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photos_to_weigh" ADD CONSTRAINT "photos_to_weigh_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_decisions" ADD CONSTRAINT "tag_decisions_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_decisions" ADD CONSTRAINT "tag_decisions_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tag_decisions" ADD CONSTRAINT "tag_decisions_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expected_passages" ADD CONSTRAINT "expected_passages_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "expected_passages" ADD CONSTRAINT "expected_passages_race_id_races_id_fk" FOREIGN KEY ("race_id") REFERENCES "public"."races"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clothing_sightings_event_id_bib_index" ON "clothing_sightings" USING btree ("event_id","bib");--> statement-breakpoint
CREATE INDEX "photos_to_weigh_event_id_asked_at_index" ON "photos_to_weigh" USING btree ("event_id","asked_at");--> statement-breakpoint
CREATE INDEX "tag_decisions_photo_id_index" ON "tag_decisions" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "tag_decisions_event_id_decided_by_decided_at_index" ON "tag_decisions" USING btree ("event_id","decided_by","decided_at");--> statement-breakpoint
CREATE INDEX "expected_passages_place_id_expected_at_index" ON "expected_passages" USING btree ("place_id","expected_at");--> statement-breakpoint
CREATE INDEX "expected_passages_event_id_bib_index" ON "expected_passages" USING btree ("event_id","bib");--> statement-breakpoint
CREATE INDEX "photos_camera_time" ON "photos" USING btree ("event_id","camera_key","taken_at");--> statement-breakpoint
CREATE INDEX "photos_stack" ON "photos" USING btree ("stack_id") WHERE "photos"."stack_id" is not null;