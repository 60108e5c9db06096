/** What the sources do not tell, or disagree on; the defaults are the fact sheet's decisions (sections 10 and 11). */
export interface Switches {
  /** Requests a minute, or a window of another length. */
  perMinute: number;
  /** Length of that window; a minute at the live service. */
  windowSeconds: number;
  /** Who exceeds it is shut out for so long; 0: nobody is. */
  banSeconds: number;
  /** A refused bulk call stores its valid items all the same. */
  storeValidPart: boolean;
  /** Bulk calls keep values of custom fields that the list does not define. */
  keepUnknownFields: boolean;
  /** Keys of custom fields keep their case. */
  keepFieldCase: boolean;
  /** Times with `Z` are an hour or two early. */
  shiftTimes: boolean;
  /** `GET /pipelines` answers `{data: […]}`. */
  wrapPipelines: boolean;
  /** `subscribers` of an empty stats-detail is `{}`, not `[]`. */
  emptyMapAsObject: boolean;
  /** All webhook events stand under `message_event`. */
  allInMessageEvent: boolean;
  /** A sample is sent right after the webhook's URL is saved. */
  samplePing: boolean;
  /** `email-log` answers 403, as on some accounts. */
  closedEmailLog: boolean;
}

export const defaultSwitches: Readonly<Switches> = {
  ...{ perMinute: 1000, windowSeconds: 60, banSeconds: 0 },
  ...{ storeValidPart: false, keepUnknownFields: false, keepFieldCase: false, shiftTimes: true, wrapPipelines: false },
  ...{ emptyMapAsObject: false, allInMessageEvent: false, samplePing: true, closedEmailLog: false },
};

/** Sets switches by name. Answers what is wrong with the wish, or nothing. */
export function setSwitches(switches: Switches, wanted: Record<string, unknown>): string | undefined {
  for (const [name, value] of Object.entries(wanted)) {
    const before: unknown = Reflect.get(switches, name);
    if (!(name in defaultSwitches)) return `there is no switch ${name}; there are ${Object.keys(defaultSwitches).join(', ')}`;
    if (typeof value !== typeof before || (typeof value === 'number' && !(value >= 0))) return `${name} must be a ${typeof before}`;
  }
  Object.assign(switches, wanted);
  return undefined;
}
