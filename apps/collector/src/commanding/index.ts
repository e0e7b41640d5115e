export * from './source-command.consumer.js';
export * from './source-commander.js';
export * from './trial-runner.js';
