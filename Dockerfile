# One image for every process of a cell: api, normalize, enrich, export, the command line and the simulator. docs/images.md
# says why one, what is in it, and how it is built where there is no registry.

# Builds: has npm and a shell. By tag, not by digest: pin it to the one you have checked, `NODE_IMAGE=node@sha256:…`.
ARG NODE_IMAGE=node:24-trixie-slim
# Runs: needs glibc and libstdc++, nothing else; Node comes with us. No shell is used, so a distroless one will do.
ARG BASE_IMAGE=debian:trixie-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# A registry of your own, or one that wants a password: --secret id=npmrc,src=$HOME/.npmrc
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --ignore-scripts
COPY . .
# The Node that is shipped is the one the lockfile pins and every test has run with.
RUN npm run --silent bundle -- /image/app \
  && install -D -m 0755 node_modules/node-linux-*/bin/node /image/usr/local/bin/node \
  && install -d /image/owned

FROM ${BASE_IMAGE}
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="leadgen-orchestrator" \
  org.opencontainers.image.description="Companies and an ideal-customer profile in, enriched and scored leads out" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}"
COPY --from=build /image/app /app
COPY --from=build /image/usr/local/bin/node /usr/local/bin/node
# Whatever is written goes to one of these: the root can be read-only. A volume that is mounted on one takes over its owner.
COPY --from=build --chown=10001:10001 /image/owned /data
COPY --from=build --chown=10001:10001 /image/owned /secrets
COPY --from=build --chown=10001:10001 /image/owned /redis
COPY --from=build --chown=10001:10001 /image/owned /grafana
VOLUME ["/data"]
WORKDIR /app
ENV NODE_ENV=production \
  LEADGEN_DATA_DIR=/data \
  LEADGEN_API_HOST=0.0.0.0 \
  LEADGEN_METRICS_HOST=0.0.0.0 \
  LEADGEN_METRICS_PORT=9464
# By number, so that an orchestrator can tell that it is not root.
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["/usr/local/bin/node", "/app/health.cjs"]
# The young generation is bounded as in bin/leadgen: what streams through does not grow old.
ENTRYPOINT ["/usr/local/bin/node", "--max-semi-space-size=16", "/app/start.cjs"]
CMD ["api"]
