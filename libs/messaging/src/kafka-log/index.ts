export * from './kafka-log.js';
export type { KafkaLogOptions } from './kafka-client.js';
