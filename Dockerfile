# The App as an image. docs/operations.md says how to run it; the project's own tests have no container engine to run it with.
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:24-bookworm-slim
# Commits are fetched with git.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/* \
  && install --directory --owner=node --group=node --mode=0700 /data
WORKDIR /app
COPY --from=build /src/dist ./dist
COPY --from=build /src/LICENSE ./
ENV NODE_ENV=production COUNTERSIGN_DATA=/data HOST=0.0.0.0 PORT=3000
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself gets the signal to stop.
# Why the small space is in docs/operations.md, "Memory".
CMD ["node", "--max-semi-space-size=4", "dist/cli.js", "app"]
