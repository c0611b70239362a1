CREATE TABLE "file_credits" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"credit" text NOT NULL,
	"licence" text,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "order_photos" DROP CONSTRAINT "order_photos_order_id_photo_id_pk";--> statement-breakpoint
ALTER TABLE "order_photos" ADD CONSTRAINT "order_photos_order_id_photo_id_line_id_pk" PRIMARY KEY("order_id","photo_id","line_id");--> statement-breakpoint
ALTER TABLE "downloads" ADD COLUMN "size" text;--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "photos_told_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "file_credits" ADD CONSTRAINT "file_credits_event_id_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."events"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "order_photos_added_at_index" ON "order_photos" USING btree ("added_at");