import { entryOf, inheritedLines, stagesIn, targetsIn, type Stage } from './dockerfile';

interface Uses {
  /** Whether a file of the build is there, such as `dist/apps/registry/src/main.js`. */
  readonly isBuilt: (file: string) => boolean;
}

/** Every image starts a program that was built and copied, as a user without rights, with signals handed on, from a base of a fixed version. */
export function checkDockerfile(text: string, { isBuilt }: Uses): readonly string[] {
  const stages = stagesIn(text);
  const bases = stages.filter(({ base }) => !stages.some(({ name }) => name === base) && !/:\d+\.\d+[^:]*$/.test(base));
  const ofBases = bases.map(({ name, base }) => `stage ${name} stands on ${base}: name a version, at least major and minor`);
  const ofTargets = targetsIn(stages).flatMap((target) =>
    checkTarget(stages, target, isBuilt).map((problem) => `target ${target.name} ${problem}`),
  );
  return [...ofBases, ...ofTargets].map((problem) => `Dockerfile: ${problem}`);
}

function checkTarget(stages: readonly Stage[], target: Stage, isBuilt: Uses['isBuilt']): readonly string[] {
  const lines = inheritedLines(stages, target);
  const entry = entryOf(target);
  const user = lines.findLast((line) => line.startsWith('USER '))?.slice('USER '.length) ?? 'root';
  const copied = lines.filter((line) => line.startsWith('COPY ')).map((line) => line.split(/\s+/).at(-1)?.replace(/^\.\//, '') ?? '');
  return [
    ...(isBuilt(entry) ? [] : [`starts ${entry}, which the build does not make`]),
    ...(copied.some((folder) => entry.startsWith(`${folder}/`)) ? [] : [`starts ${entry}, which is not copied into it`]),
    ...(/^[1-9]\d*:[1-9]\d*$/.test(user) ? [] : [`runs as ${user}: name a user and a group by number, not 0`]),
    ...(lines.some((line) => /^ENTRYPOINT \[.*tini.*\]/.test(line)) ? [] : ['must start by tini, which hands signals on']),
  ];
}
