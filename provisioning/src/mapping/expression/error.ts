/** An expression that cannot be read, or that has no result. The message says what to write instead. */
export class ExpressionError extends Error {
  /** Offset in the expression, from 0, in UTF-16 code units. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.name = 'ExpressionError';
    this.position = position;
  }
}
