export { contactsWithVerdicts, foundContacts, type AddressedContact } from './contact-addresses';
export * from './next-step';
export * from './record-outcome';
export * from './refused-call';
export * from './retry-walk';
export * from './skip-reasons';
export { stepOutput, stepRecord } from './step-outputs';
export * from './walk-steps';
