export * from './eraser';
export * from './erasures.repository';
export { FileSweep } from './files/file-sweep';
export { RedisSweep } from './redis/redis-sweep';
