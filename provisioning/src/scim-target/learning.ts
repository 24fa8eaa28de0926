import type { ObjectType } from '../source.ts';
import { type Capability, DEFAULT_PROFILE, type Profile } from './profile.ts';

/** What is known of one service provider while it is worked with. */
export interface Learning {
  readonly profile: Profile;
  /** Takes up what an answer has shown; tells of it when that is new. */
  learn<Name extends Exclude<keyof Profile, 'version' | 'filters'>>(name: Name, known: Profile[Name]): void;
  learnFilter(type: ObjectType, path: string, known: Capability<boolean>): void;
  /** Undefined when it was never tried. */
  filter(type: ObjectType, path: string): Capability<boolean> | undefined;
}

/** Begins with what was known, unless another version of Rollcall kept it; `onProfile` is told of each change. */
export function openLearning(known: Profile | null, onProfile: ((profile: Profile) => void) | undefined): Learning {
  let current = known?.version === DEFAULT_PROFILE.version ? known : DEFAULT_PROFILE;
  const become = (next: Profile) => {
    current = next;
    onProfile?.(next);
  };
  const found = (type: ObjectType, path: string) =>
    current.filters.find((one) => one.type === type && one.path.toLowerCase() === path.toLowerCase());
  return {
    get profile() {
      return current;
    },
    learn(name, known) {
      const { value, how } = current[name];
      if (value !== known.value || how === 'default') become({ ...current, [name]: known });
    },
    learnFilter(type, path, known) {
      const old = found(type, path);
      // What was seen while working is worth more than what a test shows.
      if (old?.value === known.value && (old.how === known.how || old.how === 'learnt')) return;
      become({ ...current, filters: [...current.filters.filter((one) => one !== old), { type, path, ...known }] });
    },
    filter: found,
  };
}
