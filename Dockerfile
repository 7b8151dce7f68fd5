# One image for every part; docker-compose.yml chooses by command.
FROM node:24-bookworm-slim AS pages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY scripts scripts
COPY web web
RUN node scripts/build-web.ts

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The pages are built above, without the packages of a server; here it is the other way round.
RUN npm pkg delete scripts.prepare && npm ci --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 SANDBOX_HOST=0.0.0.0 EVERDESK_HOME=/var/lib/everdesk
WORKDIR /app
RUN mkdir -p /var/lib/everdesk && chown node:node /var/lib/everdesk
COPY --from=packages /app/node_modules node_modules
COPY --from=pages /app/web/dist web/dist
# What scripts share with the pages.
COPY web/shared web/shared
COPY package.json ./
COPY db db
COPY scripts scripts
COPY sandbox sandbox
COPY src src
USER node
VOLUME /var/lib/everdesk
EXPOSE 3000 4000 9464
CMD ["node", "src/api/server.ts"]
