import type { AttributeMappingView, MappingsView } from '@rollcall/server/contract';
import { type Command, Option } from 'commander';
import { CommandFailed, wrongUsage } from '../command-failed.ts';

/** What the options of `withRowOptions` hold. */
export interface RowOptions {
  readonly target?: string;
  readonly type?: 'user' | 'group';
  readonly source?: string;
  readonly constant?: string;
  readonly expression?: string;
  readonly withoutSource?: boolean;
  readonly default?: string;
  readonly matching?: string;
  readonly apply?: 'always' | 'create';
  readonly remove?: boolean;
}

/** Gives a command the options that describe one row of the mapping table. */
export function withRowOptions(command: Command): Command {
  return command
    .option('--target <attribute>', 'the row: attribute of the target, such as emails[type eq "work"].value')
    .addOption(new Option('--type <type>', 'of users or of groups (default user)').choices(['user', 'group']))
    .option('--source <attribute>', 'attribute of the directory')
    .option('--constant <value>', 'the same for everybody')
    .option('--expression <text>', `such as 'ToUpper([jobTitle])'`)
    .option('--without-source', 'no source: only the default value, on creation')
    .option('--default <value>', 'on creation, when the source has no value')
    .option('--matching <n>', 'find the object in the target by it: 1 first, then 2 ...; 0 never')
    .addOption(new Option('--apply <when>', 'always, or only on creation').choices(['always', 'create']))
    .option('--remove', 'take the row out');
}

/** Mappings with one row added, changed or removed. What is not said of a row that is there stays. Errors: exit code 2. */
export function withRow(mappings: MappingsView, options: RowOptions): MappingsView {
  const { target = '' } = options;
  const part = options.type === 'group' ? 'groups' : 'users';
  const { attributes } = mappings[part];
  const index = attributes.findIndex((row) => row.target.toLowerCase() === target.toLowerCase());
  const changed =
    options.remove === true
      ? without(attributes, index, options)
      : index < 0
        ? [...attributes, rowOf(undefined, options)]
        : attributes.with(index, rowOf(attributes[index], options));
  return { ...mappings, [part]: { ...mappings[part], attributes: changed } };
}

function without(rows: readonly AttributeMappingView[], index: number, { target }: RowOptions): AttributeMappingView[] {
  if (index < 0) throw new CommandFailed(`There is no row for ${target}.`, 'rollcall application mapping show');
  return rows.toSpliced(index, 1);
}

function rowOf(present: AttributeMappingView | undefined, options: RowOptions): AttributeMappingView {
  const source = sourceOf(options) ?? present?.source;
  if (source === undefined) throw wrongUsage('A new row needs --source, --constant, --expression or --without-source.');
  const defaultValue = options.default ?? present?.defaultValue;
  return {
    target: present?.target ?? options.target ?? '',
    source,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    matching: options.matching === undefined ? (present?.matching ?? 0) : precedence(options.matching),
    apply: options.apply ?? present?.apply ?? 'always',
  };
}

function sourceOf(options: RowOptions): AttributeMappingView['source'] | undefined {
  const { source, constant, expression, withoutSource } = options;
  const given: AttributeMappingView['source'][] = [
    ...(source === undefined ? [] : [{ kind: 'direct', attribute: source } as const]),
    ...(constant === undefined ? [] : [{ kind: 'constant', value: constant } as const]),
    ...(expression === undefined ? [] : [{ kind: 'expression', expression } as const]),
    ...(withoutSource === true ? [{ kind: 'none' } as const] : []),
  ];
  if (given.length > 1) throw wrongUsage('--source, --constant, --expression and --without-source exclude each other.');
  return given[0];
}

function precedence(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  throw wrongUsage(`--matching: "${text}" is no number.`, 'Write 1 for the first, 2 for the second, 0 for none.');
}
