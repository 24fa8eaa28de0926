import type { CallExpression, Expression } from './ast.ts';
import { checkCall } from './check-call.ts';
import { ExpressionError } from './error.ts';
import { readToken, type Token } from './token.ts';

const MAX_LENGTH = 10_000;
const MAX_DEPTH = 50;
const MAX_NODES = 2000;

/** Words that stand for themselves: booleans, and Visual Basic's ways to compare. */
const WORDS: ReadonlyMap<string, string | boolean> = new Map<string, string | boolean>([
  ['True', true],
  ['False', false],
  ['vbTextCompare', 'vbTextCompare'],
  ['vbBinaryCompare', 'vbBinaryCompare'],
]);

interface Reader {
  readonly text: string;
  token: Token;
  depth: number;
  nodes: number;
}

/**
 * Parses an attribute-mapping expression as Microsoft Entra writes them: one function call, whose arguments are
 * `[attributes]`, `"strings"`, numbers, further calls, comparisons of two of these, or nothing between two commas.
 * Functions, the number of their arguments and literal regular expressions are checked; attribute names are not.
 *
 * @throws ExpressionError at the place that is wrong, or when the text is longer than 10,000 characters, nested deeper
 *   than 50 calls or made of more than 2,000 parts.
 */
export function parseExpression(text: string): Expression {
  if (text.length > MAX_LENGTH) {
    throw new ExpressionError(`The expression is longer than ${MAX_LENGTH} characters.`, MAX_LENGTH);
  }
  const reader: Reader = { text, token: readToken(text, 0), depth: 0, nodes: 0 };
  const first = reader.token;
  if (first.kind === 'end') throw new ExpressionError('The expression is empty.', first.position);
  const expression = readComparison(reader);
  if (reader.token.kind !== 'end') throw unexpected(reader.token, 'the end of the expression');
  if (expression.kind === 'attribute') {
    throw new ExpressionError('An attribute alone is no expression: make the mapping a direct one.', first.position);
  }
  if (expression.kind !== 'call') {
    throw new ExpressionError(
      'The whole expression must be one function call, such as Append([a], "b").',
      first.position,
    );
  }
  return expression;
}

function readComparison(reader: Reader): Expression {
  const left = readOperand(reader);
  const token = reader.token;
  if (token.kind !== 'operator') return left;
  advance(reader);
  const right = readOperand(reader);
  if (reader.token.kind === 'operator') {
    throw new ExpressionError(
      'Only two values can be compared; join conditions with And or Or.',
      reader.token.position,
    );
  }
  return counted(reader, { kind: 'comparison', operator: token.operator, left, right, position: token.position });
}

function readOperand(reader: Reader): Expression {
  const token = reader.token;
  const { position } = token;
  if (token.kind === 'name') return readNamed(reader, token.text);
  if (token.kind === 'string') return constant(reader, token.text);
  if (token.kind === 'number') return constant(reader, token.value);
  if (token.kind !== 'attribute') throw unexpected(token, 'a function, an [attribute], a "string" or a number');
  advance(reader);
  return counted(reader, { kind: 'attribute', name: token.text, position });
}

function constant(reader: Reader, value: string | number | boolean): Expression {
  const { position } = reader.token;
  advance(reader);
  return counted(reader, { kind: 'constant', value, position });
}

function readNamed(reader: Reader, name: string): Expression {
  const { position } = reader.token;
  const following = readToken(reader.text, reader.token.end);
  if (following.kind === '(') return readCall(reader, name);
  const word = WORDS.get(name);
  if (word !== undefined) return constant(reader, word);
  const shown = name.slice(0, 50);
  throw new ExpressionError(
    `${shown} is neither a function call, ${shown}(…), nor an attribute, [${shown}], nor text, "${shown}".`,
    position,
  );
}

function readCall(reader: Reader, name: string): CallExpression {
  const { position } = reader.token;
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) {
    throw new ExpressionError(`Functions are nested deeper than ${MAX_DEPTH} levels.`, position);
  }
  advance(reader);
  const call: CallExpression = { kind: 'call', name, arguments: readArguments(reader, name), position };
  checkCall(call, reader.depth);
  reader.depth -= 1;
  counted(reader, call);
  return call;
}

/** From the opening parenthesis past the closing one. `()` has no argument, `( , )` has two that are left out. */
function readArguments(reader: Reader, name: string): readonly (Expression | undefined)[] {
  const given: (Expression | undefined)[] = [];
  if (advance(reader).kind !== ')') given.push(readArgument(reader));
  for (;;) {
    const token = reader.token;
    if (token.kind === ')') break;
    if (token.kind !== ',') throw unexpected(token, `"," or the ")" that closes ${name.slice(0, 50)}`);
    advance(reader);
    given.push(readArgument(reader));
  }
  advance(reader);
  return given;
}

function readArgument(reader: Reader): Expression | undefined {
  const { kind, position } = reader.token;
  if (kind !== ',' && kind !== ')') return readComparison(reader);
  count(reader, position);
  return undefined;
}

function counted(reader: Reader, expression: Expression): Expression {
  count(reader, expression.position);
  return expression;
}

function count(reader: Reader, position: number): void {
  reader.nodes += 1;
  if (reader.nodes > MAX_NODES) throw new ExpressionError(`The expression has more than ${MAX_NODES} parts.`, position);
}

function advance(reader: Reader): Token {
  reader.token = readToken(reader.text, reader.token.end);
  return reader.token;
}

function unexpected(token: Token, expected: string): ExpressionError {
  const found = token.kind === 'end' ? 'The expression ends here' : 'This cannot stand here';
  return new ExpressionError(`${found}; ${expected} was expected.`, token.position);
}
