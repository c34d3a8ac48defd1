export * from './app-error';
export * from './assert-never';
export * from './canonical-json';
export * from './counted';
export * from './heard-later';
export * from './ids';
export * from './money';
