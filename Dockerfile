# One image for the services; the command says which one runs. Built in two stages: the tools stay in the first.
FROM node:20-bookworm-slim AS build
WORKDIR /build
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY libs ./libs
COPY apps ./apps
RUN npm run build && npm prune --omit=dev

FROM node:20-bookworm-slim
ENV NODE_ENV=production HUIYING_HOST=0.0.0.0 HUIYING_LOG_JSON=true HUIYING_DATA_DIR=/var/lib/huiying
WORKDIR /app
RUN mkdir -p /var/lib/huiying && chown node:node /var/lib/huiying
COPY --from=build --chown=root:root /build/node_modules ./node_modules
COPY --from=build --chown=root:root /build/dist ./dist
COPY --chown=root:root package.json LICENSE ./
COPY --chown=root:root config ./config
USER node
VOLUME /var/lib/huiying
EXPOSE 8620
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8620/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/apps/response-workflow/src/main.js"]
