import { checkDockerfile } from './check-dockerfile';
import { stagesIn, targetsIn } from './dockerfile';

const good = `FROM node:20.20-slim AS build
RUN npm ci \\
    && npm run build
FROM node:20.20-slim AS runtime
USER 10001:10001
ENTRYPOINT ["/usr/bin/tini", "--", "node"]
FROM runtime AS registry
COPY --from=build /app/dist/apps/registry ./dist/apps/registry
CMD ["dist/apps/registry/src/main.js"]
`;
const problemsOf = (text: string, isBuilt = true): string => checkDockerfile(text, { isBuilt: () => isBuilt }).join('\n');

describe('a Dockerfile', () => {
  it('[F12] has an image for each stage that starts a program', () => {
    expect(targetsIn(stagesIn(good)).map(({ name }) => name)).toEqual(['registry']);
    expect(problemsOf(good)).toBe('');
  });

  it.each([
    ['root', good.replace('USER 10001:10001', 'USER 0:0'), 'runs as 0:0'],
    ['a user known by name only', good.replace('USER 10001:10001', 'USER node'), 'runs as node'],
    ['no tini', good.replace('"/usr/bin/tini", "--", ', ''), 'must start by tini'],
    ['a base without version', good.replaceAll('node:20.20-slim', 'node:latest'), 'stands on node:latest'],
    ['a program that is not copied', good.replace('./dist/apps/registry\n', './dist/apps/other\n'), 'is not copied into it'],
  ])('[F16] is refused for %s', (_, text, complaint) => expect(problemsOf(text)).toContain(complaint));

  it('[F12] is refused for a program that the build does not make', () => {
    expect(problemsOf(good, false)).toContain('starts dist/apps/registry/src/main.js, which the build does not make');
  });
});
