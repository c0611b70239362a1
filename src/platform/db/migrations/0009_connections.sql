CREATE TABLE "connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"shown" text NOT NULL,
	"sealed" text NOT NULL,
	"secret_end" text NOT NULL,
	"is_scheduled" boolean DEFAULT false NOT NULL,
	"created_by" text,
	"created_at" timestamp with time zone NOT NULL,
	"last_fetched_at" timestamp with time zone,
	"last_failure" jsonb
);
--> statement-breakpoint
CREATE TABLE "fetched_files" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL,
	"sha256" text NOT NULL,
	"added" integer NOT NULL,
	"changed" integer NOT NULL,
	"missing" integer NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bib_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"from_bib" text NOT NULL,
	"to_bib" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text
);
--> statement-breakpoint
CREATE TABLE "column_mappings" (
	"organisation_id" uuid NOT NULL,
	"headings" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "column_mappings_organisation_id_headings_pk" PRIMARY KEY("organisation_id","headings")
);
--> statement-breakpoint
ALTER TABLE "start_list_entries" ADD COLUMN "photo_consent" boolean;--> statement-breakpoint
ALTER TABLE "start_list_entries" ADD COLUMN "face_consent" boolean;--> statement-breakpoint
ALTER TABLE "start_list_entries" ADD COLUMN "photo_opt_out" boolean;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fetched_files" ADD CONSTRAINT "fetched_files_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bib_changes" ADD CONSTRAINT "bib_changes_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bib_changes" ADD CONSTRAINT "bib_changes_entry_id_start_list_entries_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."start_list_entries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bib_changes" ADD CONSTRAINT "bib_changes_by_users_id_fk" FOREIGN KEY ("by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "column_mappings" ADD CONSTRAINT "column_mappings_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connections_event_id_index" ON "connections" USING btree ("event_id");--> statement-breakpoint
CREATE INDEX "bib_changes_event_id_at_index" ON "bib_changes" USING btree ("event_id","at");--> statement-breakpoint
CREATE INDEX "bib_changes_entry_id_index" ON "bib_changes" USING btree ("entry_id");--> statement-breakpoint
CREATE INDEX "start_list_entries_refusals" ON "start_list_entries" USING btree ("event_id","bib") WHERE "start_list_entries"."photo_opt_out" is true or "start_list_entries"."photo_consent" is false;