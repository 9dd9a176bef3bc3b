FROM node:24-trixie-slim AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

# No package needs its install script here: Node is the image's, argon2 comes prebuilt.
FROM base AS build
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY . .
RUN npm run build && find build -name '*.map' -delete

FROM base AS dependencies
# argon2's own build tools go again, with the binaries of other platforms.
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev --ignore-scripts && cd node_modules \
	&& rm -r .bin .package-lock.json cross-env cross-spawn node-addon-api \
	&& rm -r argon2/argon2 argon2/argon2.cpp argon2/binding.gyp argon2/*.d.cts* \
	&& find argon2/prebuilds -mindepth 1 -maxdepth 1 ! -name "linux-$(node -p process.arch)" -exec rm -r {} +

FROM node:24-trixie-slim
ARG VERSION=development
ARG REVISION=unknown
LABEL org.opencontainers.image.title="User Management" \
	org.opencontainers.image.description="A small self-hosted service where people register and log in" \
	org.opencontainers.image.licenses="MIT" \
	org.opencontainers.image.base.name="node:24-trixie-slim" \
	org.opencontainers.image.version="$VERSION" \
	org.opencontainers.image.revision="$REVISION"
ENV NODE_ENV=production
WORKDIR /app
# For the embedded database: a new volume mounted here belongs to the user of the process.
RUN install -d -o node -g node -m 700 data
COPY package.json scripts/health-check.js ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/build build
USER node
EXPOSE 3000 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --start-interval=1s --retries=3 CMD ["node", "health-check.js"]
CMD ["node", "build/server.js"]
