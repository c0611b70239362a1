DROP INDEX "transfers_order_id_organisation_id_role_index";--> statement-breakpoint
ALTER TABLE "transfers" ADD COLUMN "part" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_order_id_organisation_id_role_part_index" ON "transfers" USING btree ("order_id","organisation_id","role","part");