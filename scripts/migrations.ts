import { spawnSync } from 'node:child_process';

const [name] = process.argv.slice(2);
if (!name || !/^[a-z0-9-]+$/.test(name)) {
  console.error('Say what the migration does: npm run migrations -- add-order-notes');
  process.exit(1);
}
const { status } = spawnSync('node_modules/.bin/drizzle-kit', ['generate', '--name', name], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
