export * from './apps';
export * from './dirty';
export * from './redis';
export * from './scenarios';
export * from './injected-texts';
export * from './company-number';
export * from './traces';
