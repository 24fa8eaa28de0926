import { keyText, type Link } from '../journal.ts';
import { type DriftItem, findDrift } from '../plan/drift.ts';
import { findMemberDrift, type KnownMember, type MemberDrift } from '../plan/drift-members.ts';
import type { Attributes, Call } from '../target.ts';
import { echoOf, mappingOf } from './link-of.ts';
import type { World } from './world.ts';

const PAGE = 1000;

/** What the target shows of a linked object, and how that differs from what it is believed to hold. */
export interface Look {
  readonly link: Link;
  /** Undefined when the target does not have it. */
  readonly read: Attributes | undefined;
  readonly items: readonly DriftItem[];
  readonly members: MemberDrift | undefined;
}

/** Reads a linked object, of a group the members too, and compares. Errors: TargetError. */
export async function lookAt(world: World, link: Link): Promise<Look> {
  const call: Call = { lane: 'normal', signal: world.abort, record() {} };
  const { mappings } = world.rules;
  const found = await world.target.read(link.type, link.targetId, call);
  const read = found === undefined ? undefined : echoOf(world, link.type, found.document);
  const items = findDrift(link, read, mappingOf(world, link.type), mappings.hash);
  const members = read === undefined ? undefined : await membersOf(world, link, call);
  return { link, read, items: members === undefined ? items : [...items, members.item], members };
}

/**
 * The same with nobody else at work on the object, for what looked like drift: the link is read again, so that what a
 * cycle changed meanwhile counts. `body` goes on under the same lock. Undefined when it is not linked any more.
 */
export async function lookAlone<T>(
  world: World,
  key: Pick<Link, 'type' | 'id'>,
  body: (look: Look) => Promise<T>,
): Promise<T | undefined> {
  const alone = async () => {
    const link = (await world.journal.links(key.type, [key.id])).get(key.id);
    return link === undefined ? undefined : body(await lookAt(world, link));
  };
  return world.locks.apart([keyText(key)], () => world.locks.hold(keyText(key), alone));
}

async function membersOf(world: World, link: Link, call: Call): Promise<MemberDrift | undefined> {
  const isKnown = link.type === 'Group' && link.state === 'active' && link.membersVersion !== 0;
  if (!isKnown || !mappingOf(world, 'Group').mapsMembers) return undefined;
  const believed = await believedMembers(world, link.id);
  const found = await world.target.members(link.targetId, call);
  const known = new Set(believed.map(({ targetId }) => targetId));
  const linked = new Map<string, KnownMember>();
  for (const targetId of found) {
    if (known.has(targetId)) continue;
    const holder =
      (await world.journal.linkOfTarget('User', targetId)) ?? (await world.journal.linkOfTarget('Group', targetId));
    if (holder !== undefined) linked.set(targetId, memberOf(holder));
  }
  return findMemberDrift(believed, found, linked, world.rules.settings.exclusiveGroups);
}

async function believedMembers(world: World, group: string): Promise<readonly KnownMember[]> {
  const believed: KnownMember[] = [];
  for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
    const page = await world.journal.presentMembers(group, after, PAGE);
    for (const type of ['User', 'Group'] as const) {
      for (const link of (await world.journal.links(type, page.items)).values()) believed.push(memberOf(link));
    }
    after = page.next;
  }
  return believed;
}

const memberOf = ({ targetId, id, label }: Link): KnownMember => ({ targetId, id, label });
