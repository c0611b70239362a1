CREATE TABLE "indexed_photos" (
	"photo_id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"faces" integer,
	"asked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "indexed_photos_event_id_index" ON "indexed_photos" USING btree ("event_id");