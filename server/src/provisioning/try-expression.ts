import {
  type AttributeMapping,
  compileMappings,
  createMapper,
  ExpressionError,
  isProblem,
  type Mappings,
  MappingsInvalid,
  type ObjectKey,
  type ObjectType,
  parseExpression,
} from '@rollcall/provisioning';
import type { Json } from '@rollcall/scim';
import { Problem } from '../admin/problem.ts';
import type { Application } from '../store/application-contract.ts';
import type { TriedExpression } from './contract.ts';
import { directorySource } from './directory-source.ts';
import type { ProvisioningContext } from './equipment.ts';

const TARGET = 'urn:rollcall:tried:value';
const rowOf = (expression: string): AttributeMapping => ({
  target: TARGET,
  source: { kind: 'expression', expression },
  matching: 0,
  apply: 'always',
});

/** Evaluates an expression for one object in the way of a cycle: with the same names, and the same budget. */
export async function tryExpression(
  context: ProvisioningContext,
  application: Application,
  expression: string,
  { type, id }: ObjectKey,
): Promise<TriedExpression> {
  const wrong = problemOf(expression);
  if (wrong !== undefined) return { value: null, error: wrong };
  const directory = context.registry.byKey(application.directory);
  if (directory === undefined) throw new Problem('not-usable', 'The directory of the application was removed.');
  const source = directorySource(context.store, directory.key, () => context.registry.catalogue(directory));
  const object = (await source.read(type, [id])).get(id);
  if (object === undefined) throw new Problem('not-found', `The directory has no ${type} ${id}.`);
  const { now, random } = context;
  try {
    const compiled = compileMappings(around(expression, type), source.catalogue());
    const mapper = createMapper(compiled, source.catalogue(), { now, random });
    try {
      const assessed = await mapper.assess(type, [{ object, assignment: { kind: 'everyone' } }]);
      const assessment = assessed.get(id);
      if (assessment === undefined) return { value: null, error: null };
      if (isProblem(assessment)) return { value: null, error: { message: assessment.message, position: 0 } };
      const problem = assessment.problems.find(({ path }) => path === TARGET);
      if (problem !== undefined) return { value: null, error: { message: problem.message, position: 0 } };
      return { value: alone(assessment.attributes.get(TARGET)), error: null };
    } finally {
      await mapper.close();
    }
  } catch (error) {
    if (!(error instanceof MappingsInvalid)) throw error;
    const [problem] = error.problems;
    return { value: null, error: { message: problem?.message ?? error.message, position: problem?.position ?? 0 } };
  }
}

// The attribute takes lists, so that any expression fits; a single value comes as a list of one.
function alone(value: Json | undefined): Json | null {
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return single ?? null;
}

function problemOf(expression: string): TriedExpression['error'] | undefined {
  try {
    parseExpression(expression);
    return undefined;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { message: error.message, position: error.position };
  }
}

/** Mappings that have nothing but the expression, for the type it is tried with, and what every mapping must have. */
function around(expression: string, tried: ObjectType): Mappings {
  const attributes = (type: ObjectType, matched: string): readonly AttributeMapping[] => [
    { target: matched, source: { kind: 'direct', attribute: matched }, matching: 1, apply: 'always' },
    ...(type === tried ? [rowOf(expression)] : []),
  ];
  const multiValued = { path: TARGET, type: 'string', required: false, multiValued: true, caseExact: true } as const;
  const flow = {
    enabled: true,
    create: true,
    update: true,
    delete: true,
    targetAttributes: [multiValued],
    filters: [],
  };
  return {
    users: { ...flow, attributes: attributes('User', 'userName') },
    groups: { ...flow, attributes: attributes('Group', 'displayName') },
  };
}
