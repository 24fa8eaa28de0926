export type ComparisonOperator = '=' | '<>' | '>' | '>=' | '<' | '<=';

/** A function and its arguments; undefined stands for an argument that was left out between two commas. */
export interface CallExpression {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly (Expression | undefined)[];
  readonly position: number;
}

/** A parsed expression. Positions are offsets from 0. Plain data: it can be cloned into a thread. */
export type Expression =
  | CallExpression
  | { readonly kind: 'constant'; readonly value: string | number | boolean; readonly position: number }
  | { readonly kind: 'attribute'; readonly name: string; readonly position: number }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly position: number;
    };
