import { buildPages, root } from './build-pages.ts';
import { runServer } from './run-server.ts';

buildPages({ quiet: true });
runServer(root, { NODE_ENV: 'production' });
