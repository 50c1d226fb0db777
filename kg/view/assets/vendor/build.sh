#!/bin/sh
# Third-party code of the explorer, bundled and minified from npm packages as package-lock.json pins them, with their licences.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund
for part in graph query; do
    ./node_modules/.bin/esbuild "$part.entry.js" --bundle --minify --format=iife --target=es2020 --charset=utf8 \
        --legal-comments=none --define:global=window --define:process.env.NODE_ENV='"production"' \
        --global-name="$(test $part = graph && echo Vendor || echo QueryVendor)" --outfile="$part.js"
done
cp node_modules/@zazuko/yasqe/build/yasqe.min.css query.css
node licences.mjs > LICENCES.md
rm -rf node_modules
