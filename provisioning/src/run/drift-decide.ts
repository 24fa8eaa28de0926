import { type DriftRule, driftRule } from '../plan/drift-rule.ts';
import type { ObjectKey } from '../source.ts';
import type { DriftJournal } from './drift-journal.ts';
import { lookAlone } from './drift-look.ts';
import { pushAgain } from './drift-push.ts';
import type { World } from './world.ts';

/** What a person wants done about an object's drift; `path` undefined: about all of it that was not ignored before. */
export interface DriftWish {
  readonly decision: DriftRule;
  readonly path?: string | undefined;
}

/**
 * Carries out what a person decided about an object, by what the target shows at this moment: `push` makes the object
 * due, `accept` and `ignore` are remembered, `report` forgets what was remembered. `rules` say what becomes of the rest.
 * Returns the paths that were decided about; none when nothing differs any more. Errors: TargetError.
 */
export async function decideDrift(
  world: World,
  drift: DriftJournal,
  key: ObjectKey,
  { decision, path }: DriftWish,
  rules: ReadonlyMap<string, DriftRule>,
): Promise<readonly string[]> {
  const decided = await lookAlone(world, key, async (look) => {
    const { link, items } = look;
    const known = await drift.decisions(key);
    const isIgnored = (about: string) => known.some((one) => one.path === about && one.rule === 'ignore');
    const isMeant = (about: string) =>
      path === undefined ? decision === 'report' || !isIgnored(about) : about === path;
    const open = items.filter((item) => isMeant(item.path));
    if (decision === 'push' || decision === 'report') {
      for (const one of known) if (isMeant(one.path)) await drift.undecide(key, one.path);
    } else {
      const { type, id, label } = link;
      for (const { path: about, mark } of open) {
        await drift.decide({ type, id, label, path: about, rule: decision, mark, at: world.now() });
      }
    }
    if (decision === 'push' && open.length > 0) await pushAgain(world, look, open);
    const decisions = await drift.decisions(key);
    const left = items.filter((item) => {
      if (decision === 'push' && open.includes(item)) return false;
      const rule = driftRule(item, decisions, rules);
      return rule === 'report' || rule === 'push';
    });
    await drift.keep(link, left, world.now());
    return open.map((item) => item.path);
  });
  return decided ?? [];
}
