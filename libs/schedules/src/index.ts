export * from './tick/tick-slot';
