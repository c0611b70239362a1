import { root } from './build-pages.ts';
import { runServer } from './run-server.ts';

runServer(root, { NODE_ENV: 'development' });
