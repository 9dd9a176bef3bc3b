# A C compiler, with which the build makes argon2 faster (docs/decisions/0020). Without Debian's packages, the build says so,
# and @node-rs/argon2 hashes.
FROM node:24-trixie-slim AS compiler
RUN { apt-get -o Acquire::http::Timeout=20 update && apt-get install -y --no-install-recommends gcc libc6-dev; } || \
	echo 'No C compiler could be installed, so argon2 will not be compiled.' >&2

# No install scripts are needed: Node comes with the image, and @node-rs/argon2 is prebuilt for each platform.
FROM compiler AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY . .
RUN npm run build && find build -name '*.map' -delete

FROM node:24-trixie-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts && rm -rf node_modules/.bin node_modules/.package-lock.json

FROM node:24-trixie-slim
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="User Management" \
	org.opencontainers.image.description="A small self-hosted identity service: registration, login and signed access tokens" \
	org.opencontainers.image.licenses="MIT" \
	org.opencontainers.image.base.name="node:24-trixie-slim" \
	org.opencontainers.image.version="$VERSION" \
	org.opencontainers.image.revision="$REVISION"
ENV NODE_ENV=production
WORKDIR /app
# For the embedded database: a new volume that is mounted here belongs to the user of the process.
RUN install -d -o node -g node -m 700 data
COPY package.json scripts/health-check.js ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/build build
USER node
EXPOSE 3000 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --start-interval=1s --retries=3 CMD ["node", "health-check.js"]
CMD ["node", "build/server.js"]
