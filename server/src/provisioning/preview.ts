import {
  type Assessed,
  type CompiledMappings,
  compileMappings,
  createAssignments,
  createMapper,
  diff,
  isProblem,
  knownValue,
  type Link,
  type MappingProblem,
  type Mappings,
  MappingsInvalid,
  type ObjectType,
  type Source,
} from '@rollcall/provisioning';
import type { Json } from '@rollcall/scim';
import { Problem } from '../admin/problem.ts';
import type { Application, ApplicationSettings } from '../store/application-contract.ts';
import type { MappingPreview } from './contract.ts';
import { directorySource } from './directory-source.ts';
import type { ProvisioningContext } from './equipment.ts';
import { rulesOf } from './rules-of.ts';

const PAGE = 200;
const SAMPLES = 10;

type Sample = { readonly label: string; readonly from: Json | null; readonly to: Json | null };
type Crossing = { readonly label: string; readonly change: 'enters' | 'leaves'; readonly reason: string };

interface Found {
  objects: number;
  readonly attributes: Map<string, { changed: number; samples: Sample[] }>;
  entering: number;
  leaving: number;
  readonly samples: Crossing[];
}

/** What mappings (and a scope) would change if they were saved: evaluated for every object, without a call to the target. */
export async function previewMappings(
  context: ProvisioningContext,
  application: Application,
  mappings: Mappings,
  settings: ApplicationSettings = application.settings,
): Promise<MappingPreview> {
  const directory = context.registry.byKey(application.directory);
  if (directory === undefined) throw new Problem('not-usable', 'The directory of the application was removed.');
  const source = directorySource(context.store, directory.key, () => context.registry.catalogue(directory));
  const compiled = compiledOr(mappings, source);
  const found: Found = { objects: 0, attributes: new Map(), entering: 0, leaving: 0, samples: [] };
  if ('problems' in compiled) return view(found, compiled.problems);
  await compare(context, { ...application, settings }, compiled.mappings, source, found);
  return view(found, []);
}

function compiledOr(
  mappings: Mappings,
  source: Source,
): { readonly mappings: CompiledMappings } | { readonly problems: readonly MappingProblem[] } {
  try {
    return { mappings: compileMappings(mappings, source.catalogue()) };
  } catch (error) {
    if (error instanceof MappingsInvalid) return { problems: error.problems };
    throw error;
  }
}

const view = ({ objects, attributes, entering, leaving, samples }: Found, problems: readonly MappingProblem[]) => ({
  problems,
  objects,
  attributes: [...attributes]
    .map(([path, { changed, samples: shown }]) => ({ path, changed, samples: shown }))
    .sort((a, b) => b.changed - a.changed),
  entering,
  leaving,
  samples,
});

async function compare(
  context: ProvisioningContext,
  application: Application,
  mappings: CompiledMappings,
  source: Source,
  found: Found,
): Promise<void> {
  const { store, now, random } = context;
  const { rules } = rulesOf(application, await store.applications.assignments(application.key), mappings);
  const before = compiledOr(application.mappings, source);
  const mapper = createMapper(mappings, source.catalogue(), { now, random });
  const old = 'problems' in before ? undefined : createMapper(before.mappings, source.catalogue(), { now, random });
  const assignments = createAssignments(rules, source);
  const journal = store.applications.journal(application.key);
  try {
    for (const type of ['User', 'Group'] as const) {
      if (!(type === 'User' ? mappings.users : mappings.groups).source.enabled) continue;
      for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
        const page = await source.list(type, after, PAGE);
        const ids = page.items.map(({ id }) => id);
        const [assigned, links] = await Promise.all([assignments.of(ids), journal.links(type, ids)]);
        const objects: Assessed[] = page.items.map((object) => ({
          object,
          assignment: assigned.get(object.id) ?? { kind: 'none' },
        }));
        const [next, previous] = await Promise.all([mapper.assess(type, objects), old?.assess(type, objects)]);
        for (const { object } of objects) {
          const assessment = next.get(object.id);
          if (assessment === undefined || isProblem(assessment)) continue;
          const was = previous?.get(object.id);
          const base =
            links.get(object.id) ?? (was === undefined || isProblem(was) ? undefined : asSent(was.attributes));
          const wasIn = was !== undefined && !isProblem(was) && was.inScope;
          note(found, mappings, type, rules.settings.clearEmpty, object.label, assessment, wasIn, base);
        }
        after = page.next;
      }
    }
  } finally {
    await mapper.close();
    await old?.close();
  }
}

const asSent = (attributes: Link['sent']): Pick<Link, 'sent' | 'echoed'> => ({ sent: attributes, echoed: new Map() });

function note(
  found: Found,
  mappings: CompiledMappings,
  type: ObjectType,
  clearEmpty: boolean,
  label: string,
  assessment: Parameters<typeof diff>[0] & { readonly inScope: boolean; readonly reason: string },
  wasIn: boolean,
  base: Pick<Link, 'sent' | 'echoed'> | undefined,
): void {
  found.objects++;
  if (assessment.inScope !== wasIn) {
    const change = assessment.inScope ? 'enters' : 'leaves';
    if (change === 'enters') found.entering++;
    else found.leaving++;
    if (found.samples.length < SAMPLES) found.samples.push({ label, change, reason: assessment.reason });
  }
  if (!assessment.inScope || base === undefined) return;
  const { targetAttribute } = type === 'User' ? mappings.users : mappings.groups;
  for (const { path, to } of diff(assessment, new Map(), base, { targetAttribute, clearEmpty, base: 'sent' })) {
    const attribute = found.attributes.get(path) ?? { changed: 0, samples: [] };
    found.attributes.set(path, attribute);
    attribute.changed++;
    if (attribute.samples.length < SAMPLES) {
      attribute.samples.push({ label, from: knownValue(base, path) ?? null, to: to ?? null });
    }
  }
}
