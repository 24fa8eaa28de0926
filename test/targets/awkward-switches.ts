/** When something happens to a request. Without `method` only to writes; all that is given must fit. */
export interface Occasion {
  /** From 0 to 1; drawn from the server's seed. */
  readonly probability?: number;
  /** At the n-th of the requests that fit, 1 being the first after the switch was set. */
  readonly at?: readonly number[];
  readonly method?: string;
  readonly endpoint?: 'Users' | 'Groups';
}

/** `every: 1` is every request. */
export interface Throttle {
  /** Each n-th request is refused. */
  readonly every: number;
  /** Seconds, a date a second or two ahead, or no such header. */
  readonly retryAfter?: number | 'date' | 'none';
  /** Only these are counted and refused. */
  readonly method?: string;
  /** 429 unless said. */
  readonly status?: 429 | 503;
}

/** How the server misbehaves. Every switch is off unless set, all can be combined, and changed while it runs. */
export interface Switches {
  /** PATCH is answered with 405 or 501. */
  readonly putOnly: 405 | 501;
  /** 204 without a body on every write, POST too. */
  readonly noContent: boolean;
  /** 400 invalidFilter on a filter that names externalId. */
  readonly noExternalIdFilter: boolean;
  /** A filter is overlooked: everything is listed. */
  readonly ignoresFilter: boolean;
  /** 501 on every filter. */
  readonly noFilter: boolean;
  readonly throttle: Throttle;
  /** Does what was asked, then destroys the connection; true is always. */
  readonly dropAfterReceiving: Occasion | boolean;
  /** Destroys the connection instead of doing what was asked. */
  readonly dropBefore: Occasion | boolean;
  /** Does what was asked, then answers 500. */
  readonly failAfterStoring: Occasion | boolean;
  /** displayName is cut after so many characters; true is 20. */
  readonly truncates: number | boolean;
  /** More members in one PATCH are refused: 400 tooMany, or 413. */
  readonly maxMembers: number | { readonly limit: number; readonly status: 400 | 413 };
  /** A POST with a userName or displayName that exists makes another one, where it would be 409 uniqueness. */
  readonly duplicatesOnReplay: boolean;
  /** Ids that no group accepts: the whole request is refused with 400. */
  readonly badMembers: readonly string[];
  /** Ids of nobody are stored as members; otherwise the whole request is refused with 400. */
  readonly acceptsUnknownMembers: boolean;
  /** Answers so many milliseconds after it has done what was asked; everything, or one method. */
  readonly slow: number | { readonly ms: number; readonly method: string };
  /** 400 noTarget for a replace whose value path selects nothing; otherwise the element is made. */
  readonly strictNoTarget: boolean;
  /** /Groups is answered with 404 or 501. */
  readonly noGroups: 404 | 501;
  /** 400 for attributes that are not in the schemas; otherwise they are stored. */
  readonly rejectsUnknown: boolean;
  /** Users with active false are in no list and answer a GET with 404; their userName stays taken. */
  readonly hidesInactive: boolean;
  /** At most so many resources on a page. */
  readonly pageSize: number;
  /** userName is compared exactly, in filters and for uniqueness. */
  readonly caseSensitiveUserName: boolean;
  /** userName is stored and answered in lower case. */
  readonly lowerCases: boolean;
  /** No answer holds members. */
  readonly noMembersInGet: boolean;
  /** 401 whatever the token. */
  readonly refusesToken: boolean;
  /** 200 with an HTML page to sign in, whatever is asked. */
  readonly loginPage: boolean;
}

/** What to change about the switches; undefined and false turn one off. */
export type SwitchChanges = { readonly [Name in keyof Switches]?: Switches[Name] | false | undefined };
