"""Third-party code of the explorer, bundled by ``npm ci && npm run build``; licences in ``LICENCES.md``."""
