export * from '../../../extension/page/index.ts';
