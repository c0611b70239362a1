import { customType } from 'drizzle-orm/pg-core';

/** A column of raw bytes. Both databases give a Uint8Array. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
});
