import { fileURLToPath } from 'node:url';

/** Read at start from the sources: nothing is copied by a build. */
export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
