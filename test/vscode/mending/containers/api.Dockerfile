FROM node:latest

WORKDIR /srv/api
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY src ./src
USER node
CMD ["node", "src/main.js"]
