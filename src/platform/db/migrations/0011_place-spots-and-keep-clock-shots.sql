CREATE TABLE "clock_shots" (
	"photo_id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"camera_key" text NOT NULL,
	"taken_at" timestamp (3) with time zone NOT NULL,
	"shown_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "camera_clocks" ADD COLUMN "solution" jsonb;--> statement-breakpoint
ALTER TABLE "camera_clocks" ADD COLUMN "unsolved" text;--> statement-breakpoint
ALTER TABLE "photo_spots" ADD COLUMN "checkpoint_id" uuid;--> statement-breakpoint
ALTER TABLE "photo_spots" ADD COLUMN "offset_meters" integer;--> statement-breakpoint
ALTER TABLE "clock_shots" ADD CONSTRAINT "clock_shots_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "clock_shots" ADD CONSTRAINT "clock_shots_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clock_shots_event_id_camera_key_index" ON "clock_shots" USING btree ("event_id","camera_key");--> statement-breakpoint
ALTER TABLE "photo_spots" ADD CONSTRAINT "photo_spots_checkpoint_id_checkpoints_id_fk" FOREIGN KEY ("checkpoint_id") REFERENCES "public"."checkpoints"("id") ON DELETE set null ON UPDATE no action;