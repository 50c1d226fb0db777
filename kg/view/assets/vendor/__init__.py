"""Third-party code of the explorer, bundled by ``build.sh``; licences in ``LICENCES.md``."""
