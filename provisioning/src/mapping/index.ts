export * from './compile.ts';
export * from './default-mappings.ts';
export * from './expression/index.ts';
export * from './model.ts';
export * from './target-path.ts';
