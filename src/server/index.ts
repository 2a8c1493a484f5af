export { DEFAULT_PORT, type PracticeServerOptions } from './practice-server-options.js';
export { startPracticeServer } from './start-server.js';
export { startPracticeServerProcess } from './start-server-process.js';
export type { PracticeServer } from './supervised-server.js';
