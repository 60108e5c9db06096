import { z } from 'zod';

export interface Stage {
  readonly name: string;
  readonly base: string;
  readonly lines: readonly string[];
}

/** The stages of a Dockerfile, each with its instructions, continued lines joined. */
export function stagesIn(text: string): readonly Stage[] {
  const stages: { name: string; base: string; lines: string[] }[] = [];
  for (const line of text.replace(/\\\n\s*/g, ' ').split('\n')) {
    const from = /^FROM\s+(\S+)\s+AS\s+(\S+)$/i.exec(line);
    if (from !== null) stages.push({ base: from[1] ?? '', name: from[2] ?? '', lines: [] });
    else if (line.trim() !== '' && !line.startsWith('#')) stages.at(-1)?.lines.push(line);
  }
  return stages;
}

/** The stages that nothing else is built on and that start a program: the images. */
export const targetsIn = (stages: readonly Stage[]): readonly Stage[] =>
  stages.filter(({ name, lines }) => lines.some((line) => line.startsWith('CMD ')) && !stages.some(({ base }) => base === name));

/** The program of a target, from its CMD. */
export function entryOf({ lines }: Stage): string {
  const command = lines.findLast((line) => line.startsWith('CMD '))?.slice('CMD '.length) ?? '[]';
  return z.array(z.string()).parse(JSON.parse(command))[0] ?? '';
}

/** A target's instructions with those of the stages it stands on, first those of the lowest. */
export function inheritedLines(stages: readonly Stage[], stage: Stage): readonly string[] {
  const below = stages.find(({ name }) => name === stage.base);
  return [...(below === undefined ? [] : inheritedLines(stages, below)), ...stage.lines];
}
