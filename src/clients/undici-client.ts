import { createRequire } from 'node:module';
import type * as undici from 'undici';

const require = createRequire(import.meta.url);

/**
 * The two things of undici that are used, without the hundred modules that its index loads: that took half of the time from a
 * command's start to its first call. `package.json` names one version of undici, which has them here.
 */
export const UndiciClient: typeof undici.Client = require('undici/lib/dispatcher/client.js');

/** What makes undici's connections. */
export const buildUndiciConnector: typeof undici.buildConnector = require('undici/lib/core/connect.js');
