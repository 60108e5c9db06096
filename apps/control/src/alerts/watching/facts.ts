import type { ConnectionTrouble, LinkChanged, LinkTrouble } from '@kontaktor/contracts';

export interface WatchedConnection {
  readonly connectionId: string;
  readonly name: string;
  readonly provider: string;
}

/** The latest run of a link that was not a dry one. */
export interface LatestRun {
  readonly state: string;
  readonly startedAt: Date;
  readonly problem?: string;
  readonly eligible: number;
}

export interface WatchedLink {
  readonly linkId: string;
  readonly name: string;
  readonly schedule: LinkChanged['schedule'];
  /** When it was changed last. */
  readonly savedAt: Date;
  /** Absent: none that is still known. */
  readonly latest?: LatestRun;
  /** The latest that ended well or ill; absent: none that is still known. */
  readonly ended?: LatestRun;
}

export interface DisabledChannel {
  readonly channelId: string;
  readonly disabledAt: Date | null;
  readonly because: string | null;
}

/** What is known of a workspace at one moment. What could not be asked is absent: it says nothing. */
export interface Facts {
  readonly now: Date;
  /** Enabled ones. */
  readonly connections: readonly WatchedConnection[];
  /** Enabled ones. */
  readonly links: readonly WatchedLink[];
  readonly channels: readonly DisabledChannel[];
  /** By the names of services that answered or did not. */
  readonly reached: ReadonlyMap<string, boolean>;
  readonly connectionTroubles: ReadonlyMap<string, ConnectionTrouble>;
  readonly linkTroubles: ReadonlyMap<string, LinkTrouble>;
  /** By service; a service that was not asked, or does not answer, is absent. */
  readonly deadLetters: ReadonlyMap<string, number>;
}

export const serviceOf = (provider: string): string => `adapter-${provider}`;
