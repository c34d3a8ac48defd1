export type { ReceivedSpan } from './decode-spans';
export * from './trace-receiver';
