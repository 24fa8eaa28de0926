export * from './aliases.ts';
export * from './compile.ts';
export * from './default-mappings.ts';
export * from './evaluate-mappings.ts';
export {
  ExpressionError,
  type ExpressionValue,
  FUNCTIONS,
  type FunctionDescription,
  type FunctionGroup,
  type FunctionParameter,
} from './expression/index.ts';
export * from './model.ts';
export { namesOf, SourceAttributeUnknown } from './source-attribute.ts';
export { DEFAULT_TARGET_ATTRIBUTES } from './target-attributes.ts';
export { readTargetPath, TargetPathInvalid, writeTargetPath } from './target-path.ts';
export * from './try-expression.ts';
