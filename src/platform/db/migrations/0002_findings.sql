CREATE TABLE "photo_faces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"photo_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"engine_version" text NOT NULL,
	"box" jsonb NOT NULL,
	"confidence" double precision NOT NULL,
	"descriptor" "bytea" NOT NULL,
	"quality" jsonb NOT NULL,
	"bib" text,
	"computed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "photo_findings" (
	"photo_id" uuid PRIMARY KEY NOT NULL,
	"engine_version" text NOT NULL,
	"quality" jsonb,
	"persons" jsonb,
	"crops" jsonb,
	"edit" jsonb,
	"cpu_ms" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "photo_labels" (
	"photo_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"name" text NOT NULL,
	"confidence" double precision NOT NULL,
	CONSTRAINT "photo_labels_photo_id_name_pk" PRIMARY KEY("photo_id","name")
);
--> statement-breakpoint
CREATE TABLE "photo_edits" (
	"photo_id" uuid PRIMARY KEY NOT NULL,
	"plan" jsonb NOT NULL,
	"rendered_at" timestamp with time zone,
	"decision" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"asked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "detect_labels" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "auto_edit" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "face_mode" text DEFAULT 'none' NOT NULL;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "face_mode_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "has_minors" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "bib_reads" ADD COLUMN "partial" text;--> statement-breakpoint
ALTER TABLE "bib_reads" ADD COLUMN "alternatives" jsonb;--> statement-breakpoint
ALTER TABLE "bib_reads" ADD COLUMN "digit_probabilities" "bytea";--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "processing_mode" text DEFAULT 'lite' NOT NULL;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "reread_asked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "edited" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "photos" ADD COLUMN "shown_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "photo_faces" ADD CONSTRAINT "photo_faces_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo_faces" ADD CONSTRAINT "photo_faces_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo_findings" ADD CONSTRAINT "photo_findings_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo_labels" ADD CONSTRAINT "photo_labels_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo_labels" ADD CONSTRAINT "photo_labels_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo_edits" ADD CONSTRAINT "photo_edits_photo_id_photos_id_fk" FOREIGN KEY ("photo_id") REFERENCES "public"."photos"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "photo_edits" ADD CONSTRAINT "photo_edits_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "photo_faces_photo_id_index" ON "photo_faces" USING btree ("photo_id");--> statement-breakpoint
CREATE INDEX "photo_faces_event_id_index" ON "photo_faces" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "photo_labels_event_id_name_index" ON "photo_labels" USING btree ("event_id","name");--> statement-breakpoint
CREATE INDEX "photos_reread" ON "photos" USING btree ("event_id","reread_asked_at") WHERE "photos"."reread_asked_at" is not null;