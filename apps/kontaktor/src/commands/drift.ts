import type { ApiClient } from '@kontaktor/api-client';
import type { LinkDrift } from '@kontaktor/contracts';
import type { Language } from '../output/words';
import { answerLine } from './answer-line';
import type { Ended, Session } from './session';

interface DriftsOfLink {
  readonly linkId: string;
  readonly drifts: readonly LinkDrift[];
}

/** What is paused because it changed at a provider, of one link or of all. Fails while anything is. */
export async function showDrift({ api, output }: Session, linkId: string | undefined, lang: Language): Ended {
  const found = linkId === undefined ? await driftOfAll(api) : [await driftOf(api, linkId)];
  output.data({ links: found });
  const lines = driftLines(found, lang);
  for (const line of lines.length === 0 ? ['Nothing that links use has changed.'] : lines) output.line(line);
  return found.every(({ drifts }) => drifts.every(({ returned }) => returned));
}

/** Tells it where connections are looked at; nothing where nothing drifted. */
export async function tellDrift({ api, output }: Session): Promise<void> {
  for (const line of driftLines(await driftOfAll(api), 'en')) output.line(line);
}

/** Fields that changed their type or choice are taken as they are now. */
export async function acceptDrift({ api, output }: Session, linkId: string): Ended {
  const answer = await api.acceptDrift(linkId);
  output.data(answer);
  output.line(answerLine(answer, 'What changed its type or choice is accepted as it is now; a run writes what waited.'));
  return true;
}

/** Of links that have any. */
async function driftOfAll(api: ApiClient): Promise<readonly DriftsOfLink[]> {
  const found = await Promise.all((await api.links()).map(({ id }) => driftOf(api, id)));
  return found.filter(({ drifts }) => drifts.length > 0);
}

const driftLines = (found: readonly DriftsOfLink[], lang: Language): readonly string[] =>
  found.flatMap(({ linkId, drifts }) => drifts.filter(({ returned }) => !returned).map(({ text }) => `drift in ${linkId}: ${text[lang]}`));

const driftOf = async (api: ApiClient, linkId: string): Promise<DriftsOfLink> => ({ linkId, ...(await api.drift(linkId)) });
