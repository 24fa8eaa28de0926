export * from './aliases.ts';
export { namesOf } from './attribute-names.ts';
export * from './default-mappings.ts';
export * from './evaluate-mappings.ts';
export {
  ExpressionError,
  type ExpressionValue,
  FUNCTIONS,
  type FunctionDescription,
  type FunctionGroup,
  type FunctionParameter,
  parseExpression,
} from './expression/index.ts';
export * from './model.ts';
export * from './scoping-operator.ts';
export { SourceAttributeUnknown } from './source-attribute.ts';
export { DEFAULT_TARGET_ATTRIBUTES } from './target-attributes.ts';
export { readTargetPath, TargetPathInvalid, writeTargetPath } from './target-path.ts';
export * from './try-expression.ts';
